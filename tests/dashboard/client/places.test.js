import assert from "node:assert/strict";
import { test } from "node:test";
import { columnsIn, Places, placesIn, walked } from "../../../dashboard/client/lists/places.js";

const row = (id, since = id) => ({ id, since });
const board = (...ids) => {
  const places = new Places((one) => one.since);
  places.apply({ all: ids.map((id) => row(id)) });
  return places;
};

test("rows stand in their order, and each knows its place", () => {
  const places = board("c", "a", "b");
  assert.deepEqual(places.ids, ["a", "b", "c"]);
  assert.deepEqual(
    [...places.at],
    [
      ["a", 0],
      ["b", 1],
      ["c", 2],
    ],
  );
});

test("rows of the same time stand by their ids", () => {
  const places = new Places((one) => one.since);
  places.apply({ all: [row("b", "1"), row("a", "1"), row("c", "0")] });
  assert.deepEqual(places.ids, ["c", "a", "b"]);
});

test("who comes takes their place, who goes leaves none", () => {
  const places = board("a", "c");
  assert.deepEqual(places.apply({ set: [row("b")], gone: ["a"] }).came, ["b"]);
  assert.deepEqual(places.ids, ["b", "c"]);
  assert.equal(places.rows.has("a"), false);
});

test("a patch says what it changes, and a whole picture brings nobody", () => {
  const places = board("a", "b");
  assert.deepEqual(places.apply({ set: [row("b")] }), { changed: new Set(["b"]), came: [] });
  assert.deepEqual(places.apply({ all: [row("b"), row("c")] }).came, []);
  assert.deepEqual(places.ids, ["b", "c"]);
});

test("a row whose time changes moves", () => {
  const places = board("a", "b");
  places.apply({ set: [row("a", "z")] });
  assert.deepEqual(places.ids, ["b", "a"]);
});

test("held still, nobody moves: who comes stands last, who goes stands there", () => {
  const places = board("b", "c", "d");
  places.held = true;
  places.apply({ set: [row("a"), row("b", "z")], gone: ["c"] });
  assert.deepEqual(places.ids, ["b", "c", "d", "a"]);
  assert.deepEqual(places.gone, new Set(["c"]));
  assert.equal(places.at.get("a"), 3);
  places.held = false;
  assert.ok(places.loose());
  places.sweep();
  assert.deepEqual(places.ids, ["a", "d", "b"]);
  assert.equal(places.loose(), false);
});

test("a whole picture that comes while held moves nobody either", () => {
  const places = board("a", "b");
  places.held = true;
  places.apply({ all: [row("b"), row("c")] });
  assert.deepEqual([places.ids, [...places.gone]], [["a", "b", "c"], ["a"]]);
});

test("who comes back while held is gone no more", () => {
  const places = board("a", "b");
  places.held = true;
  places.apply({ gone: ["a"] });
  assert.deepEqual(places.apply({ set: [row("a")] }).came, []);
  assert.equal(places.gone.size, 0);
  assert.deepEqual(places.ids, ["a", "b"]);
});

test("who has the focus stands there though gone, until it has not", () => {
  const places = board("a", "b");
  places.stays = "a";
  places.apply({ gone: ["a"] });
  assert.deepEqual([places.ids, places.loose()], [["a", "b"], false]);
  places.stays = null;
  assert.ok(places.loose());
  places.sweep();
  assert.deepEqual(places.ids, ["b"]);
});

test("nobody leaves who was never there", () => {
  const places = board("a");
  places.held = true;
  places.apply({ gone: ["b"] });
  assert.equal(places.gone.size, 0);
});

test("a patch among ten thousand looks at those alone that it changes", () => {
  let looked = 0;
  const ids = Array.from({ length: 10_000 }, (_, n) => String(n).padStart(6, "0"));
  const places = new Places((one) => (looked++, one.since));
  places.apply({ all: ids.map((id) => row(id)) });
  looked = 0;
  for (let n = 0; n < 20; n += 1) places.apply({ set: [row(ids[n * 7]), row(`x${n + 10}`)], gone: [ids[5_000 + n]] });
  assert.equal(places.ids.length, 10_000);
  assert.ok(looked <= 20 * 4, String(looked));
});

test("who comes between others puts all in order", () => {
  const places = board("a", "c");
  places.apply({ set: [row("d"), row("b")] });
  assert.deepEqual(places.ids, ["a", "b", "c", "d"]);
  assert.deepEqual([...places.at.values()], [0, 1, 2, 3]);
  assert.equal(places.loose(), false);
});

test("there are as many columns as have room", () => {
  assert.deepEqual(columnsIn({ width: 230, least: 230, gap: 12 }), { columns: 1, wide: 230 });
  assert.deepEqual(columnsIn({ width: 472, least: 230, gap: 12 }), { columns: 2, wide: 230 });
  assert.deepEqual(columnsIn({ width: 471, least: 230, gap: 12 }), { columns: 1, wide: 471 });
  assert.deepEqual(columnsIn({ width: 100, least: 230, gap: 12 }), { columns: 1, wide: 100 });
});

test("in sight is what the window shows, and two rows around it", () => {
  const list = { step: 100, columns: 4, count: 2_000 };
  assert.deepEqual(placesIn({ ...list, top: 0, bottom: 700 }), { first: 0, last: 36 });
  assert.deepEqual(placesIn({ ...list, top: 1_050, bottom: 1_750 }), { first: 32, last: 80 });
  assert.deepEqual(placesIn({ ...list, top: 49_500, bottom: 50_200 }), { first: 1_972, last: 2_000 });
  assert.deepEqual(placesIn({ ...list, top: 0, bottom: -500 }), { first: 0, last: 0 });
  assert.deepEqual(placesIn({ ...list, count: 3, top: 9_000, bottom: 9_700 }), { first: 3, last: 3 });
});

const LIST = { columns: 4, count: 10, page: 2 }; // 0–3, 4–7, 8–9

for (const [key, from, to] of [
  ["ArrowRight", 3, 4],
  ["ArrowRight", 9, 9],
  ["ArrowLeft", 4, 3],
  ["ArrowLeft", 0, 0],
  ["ArrowDown", 1, 5],
  ["ArrowDown", 7, 9],
  ["ArrowDown", 8, 8],
  ["ArrowUp", 5, 1],
  ["ArrowUp", 2, 2],
  ["PageDown", 1, 9],
  ["PageDown", 4, 8],
  ["PageDown", 9, 9],
  ["PageUp", 9, 1],
  ["PageUp", 3, 3],
  ["Home", 7, 0],
  ["End", 2, 9],
])
  test(`${key} leads from ${from} to ${to}`, () => assert.equal(walked(key, from, LIST), to));

test("in a mirrored list left and right change sides, and only they", () => {
  const mirrored = { ...LIST, mirrored: true };
  assert.deepEqual(
    ["ArrowRight", "ArrowLeft", "ArrowDown", "Home"].map((key) => walked(key, 4, mirrored)),
    [3, 5, 8, 0],
  );
});

test("other keys lead nowhere, and in an empty list none does", () => {
  assert.equal(walked("Enter", 3, LIST), null);
  assert.equal(walked("constructor", 3, LIST), null);
  assert.equal(walked("End", 0, { ...LIST, count: 0 }), null);
});

test("the right arrow walks through all of two thousand", () => {
  const list = { columns: 5, count: 2_000, page: 4 };
  let place = 0;
  for (let n = 0; n < 1_999; n += 1) place = walked("ArrowRight", place, list);
  assert.equal(place, 1_999);
});

test("however they come, change and go, they stand in their order as if sorted anew", () => {
  let seed = 7;
  const dice = (n) => (seed = (seed * 48271) % 2147483647) % n;
  const places = new Places((one) => one.since);
  const there = new Map();
  for (let turn = 0; turn < 400; turn += 1) {
    const set = Array.from({ length: dice(4) }, () => row(`v${dice(60)}`, String(dice(30)).padStart(2, "0")));
    const gone = [...there.keys()].filter(() => dice(12) === 0).filter((id) => !set.some((one) => one.id === id));
    for (const one of set) there.set(one.id, one);
    for (const id of gone) there.delete(id);
    if (turn % 50 === 0) places.apply({ all: [...there.values()] });
    else places.apply({ set, gone });
    const order = [...there.values()].sort((a, b) => (a.since === b.since ? (a.id < b.id ? -1 : 1) : a.since < b.since ? -1 : 1)).map(({ id }) => id);
    assert.deepEqual(places.ids, order);
    assert.deepEqual(
      [...places.at],
      order.map((id, place) => [id, place]),
    );
  }
});

test("one who comes to a long list is compared with few of the others", () => {
  let asked = 0;
  const places = new Places((one) => {
    asked += 1;
    return one.since;
  });
  places.apply({ all: Array.from({ length: 10000 }, (_, n) => row(`v${n}`, String(n + 10).padStart(6, "0"))) });
  asked = 0;
  places.apply({ set: [row("new", "000000")] });
  assert.equal(places.ids[0], "new");
  assert.ok(asked < 100, `${asked} keys`);
});

// A step within a page is told once, with the title that follows it; a fragment is a step where the page's address has it.
import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { steps } from "../../../widget/client/page/steps.js";

const SHOP = "http://shop.test";
/** @type {[string, string, boolean][]} address, title, again */
let told;
/** @type {Map<string, () => void>} */
let heard;
let address = "";

const page = { title: "" };
const go = (/** @type {unknown} */ _state, /** @type {string} */ _title, /** @type {string} */ url) => (address = new URL(url, address).href);
const push = (/** @type {string} */ url) => history.pushState(null, "", url);
const tick = (/** @type {number} */ ms) => mock.timers.tick(ms);
const views = () => told.filter(([, , again]) => !again).map(([to, title]) => [to.replace(SHOP, ""), title]);

beforeEach(() => {
  [told, heard, address, page.title] = [[], new Map(), `${SHOP}/`, "Tea"];
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  Object.assign(globalThis, {
    document: page,
    history: { pushState: go, replaceState: go },
    addEventListener: (/** @type {string} */ name, /** @type {() => void} */ run) => heard.set(name, run),
  });
  steps(
    (again, to = address) => told.push([to, page.title, again]),
    () => address.replace(/#(?!\/).*/, ""),
  );
  tick(5_000);
  assert.deepEqual(told, []);
});

for (const late of [0, 60, 400, 900])
  test(`a title that comes ${late} ms after the step is the page's`, () => {
    push("/cart");
    tick(late);
    assert.deepEqual(told, []);
    page.title = "Cart";
    tick(60);
    assert.deepEqual(views(), [["/cart", "Cart"]]);
    tick(5_000);
    assert.equal(told.length, 1);
  });

test("a title that was there before its address needs no other, and one that stays is told after a second", () => {
  page.title = "Cart";
  push("/cart");
  tick(940);
  assert.deepEqual(told, []);
  tick(120);
  assert.deepEqual(views(), [["/cart", "Cart"]]);
  history.replaceState(null, "", "/cart?size=2");
  tick(1_100);
  assert.deepEqual(views(), [["/cart", "Cart"], ["/cart?size=2", "Cart"]]); // biome-ignore format: a list
});

test("a title of the meantime is corrected, without another view", () => {
  push("/cart");
  tick(50);
  page.title = "Loading…";
  tick(700);
  page.title = "Cart";
  tick(100);
  assert.deepEqual(
    told.map(([, title, again]) => [title, again]),
    [
      ["Loading…", false],
      ["Cart", true],
    ],
  );
});

test("a page that got its title late at its load is corrected", () => {
  steps(
    (again) => told.push([address, page.title, again]),
    () => address,
  );
  tick(1_200);
  page.title = "Green tea";
  tick(100);
  assert.deepEqual(told, [[`${SHOP}/`, "Green tea", true]]);
  tick(5_000);
  page.title = "(1) Green tea"; // much later it is a game with the title, and no page
  tick(5_000);
  assert.equal(told.length, 1);
});

test("going back and another fragment are steps, each once", () => {
  for (const name of ["popstate", "hashchange"]) {
    address = `${SHOP}/#/${name}`;
    heard.get("popstate")?.();
    heard.get("hashchange")?.();
    page.title = name;
    tick(60);
  }
  assert.deepEqual(views(), [["/#/popstate", "popstate"], ["/#/hashchange", "hashchange"]]); // biome-ignore format: a list
});

test("a fragment and the same address again are no step", () => {
  push("#top");
  push("/");
  tick(5_000);
  assert.deepEqual(told, []);
});

test("two steps at once are told as where they ended", () => {
  push("/a");
  push("/b");
  tick(1_100);
  assert.deepEqual(views(), [["/b", "Tea"]]);
});

test("who goes on before the title came was there all the same, also where the page is left", () => {
  push("/a");
  tick(500);
  push("/b");
  tick(500);
  heard.get("pagehide")?.();
  assert.deepEqual(views(), [["/a", "Tea"], ["/b", "Tea"]]); // biome-ignore format: a list
  tick(5_000);
  assert.equal(told.length, 2);
});

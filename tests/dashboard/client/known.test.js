import assert from "node:assert/strict";
import { test } from "node:test";
import { Known } from "../../../dashboard/client/shell/known.js";

const FACTS = {
  words: { "visitor.unnamed": "Visitor {handle}", greeting: "Hello {name}, {n} wait", "page.one": "{n} page", "page.many": "{n} pages" },
  me: { id: "ann", name: "Ann", operates: true },
  may: { active: ["end", "say"] },
  limits: { message: 10 },
};
const known = () => new Known(FACTS);

test("a text has its values in their places, and a key without a text stands for itself", () => {
  const { t, has, count } = known();
  assert.equal(t("greeting", { name: "{n}", n: 2 }), "Hello {n}, 2 wait");
  assert.equal(t("greeting"), "Hello ,  wait");
  assert.deepEqual([t("no.such"), has("no.such"), has("greeting")], ["no.such", false, true]);
  assert.deepEqual([count("page", 0), count("page", 1), count("page", 2)], ["0 pages", "1 page", "2 pages"]);
});

test("what may be done in a state is what the server says, and nothing where there is no state", () => {
  const { deeds, may } = known();
  assert.deepEqual([deeds("active"), deeds("queued"), deeds(null)], [["end", "say"], [], []]);
  assert.deepEqual([may("active", "say"), may("active", "hold"), may(null, "say")], [true, false, false]);
});

test("a visitor without a name is told from others by the end of their ID", () => {
  const { visitorName, handle } = known();
  const id = "0199c8a1-7d1e-7c3a-9b1f-5a0c3e7d84f2";
  assert.equal(handle(id), "84F2");
  assert.deepEqual(
    ["Vera", "", null, undefined].map((name) => visitorName(name, id)),
    ["Vera", "Visitor 84F2", "Visitor 84F2", "Visitor 84F2"],
  );
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { Turning } from "../../../dashboard/client/shell/turning.js";

/** @param {string} name @param {object} [how] */
function heard(name, how = {}) {
  const target = new EventTarget();
  const turning = new Turning(target);
  const before = performance.now();
  target.dispatchEvent(Object.assign(new Event(name), how));
  return turning.since(before);
}

for (const key of ["Tab", "Enter", "Escape", "ArrowDown", " ", "?", "F10"])
  test(`${key} turns to something`, () => assert.equal(heard("keydown", { key }), true));
for (const key of ["a", "ß", "あ", "😀", "7", "."]) test(`${key} is only written`, () => assert.equal(heard("keydown", { key }), false));
test("a shortcut turns to something", () => assert.equal(heard("keydown", { key: "n", altKey: true }), true));
test("so does the pointer", () => assert.equal(heard("pointerdown"), true));

test("what was done before the moment is none", () => {
  const target = new EventTarget();
  const turning = new Turning(target);
  assert.equal(turning.since(0), false);
  target.dispatchEvent(Object.assign(new Event("keydown"), { key: "Enter" }));
  assert.equal(turning.since(performance.now() + 1), false);
});

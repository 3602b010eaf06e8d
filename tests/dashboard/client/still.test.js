import assert from "node:assert/strict";
import { test } from "node:test";
import { holdStill } from "../../../dashboard/client/lists/still.js";

test("a list is held while the pointer is on it, and settles once it has left", () => {
  const list = new EventTarget();
  const places = { held: false };
  const settled = [];
  holdStill(list, places, () => settled.push(places.held));
  list.dispatchEvent(new Event("pointerenter"));
  assert.deepEqual([places.held, settled], [true, []]);
  list.dispatchEvent(new Event("pointerleave"));
  assert.deepEqual([places.held, settled], [false, [false]]); // nothing is held by the time it settles
});

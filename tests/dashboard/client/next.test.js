import assert from "node:assert/strict";
import { test } from "node:test";
import { Next } from "../../../dashboard/client/shell/next.js";

test("who rings is taken before who waits in the queue, and they before a left message", () => {
  const [next, taken] = [new Next(), []];
  const there = new Set(["ring", "chat", "message"]);
  const from = (/** @type {number} */ rank, /** @type {string} */ what) => next.from(rank, () => there.has(what) && taken.push(what) > 0);
  from(3, "message");
  from(2, "chat");
  const end = from(1, "ring");
  assert.equal(next.take(), true);
  there.delete("ring");
  next.take();
  there.delete("chat");
  next.take();
  there.clear();
  assert.equal(next.take(), false);
  assert.deepEqual(taken, ["ring", "chat", "message"]);
  there.add("ring").add("message");
  end();
  next.take();
  assert.equal(taken.at(-1), "message");
});

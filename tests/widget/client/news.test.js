import assert from "node:assert/strict";
import { test } from "node:test";
import { news } from "../../../widget/client/chat/news.js";
import { entry } from "./frames.js";

test("what happens is told by name, once, and nothing of what this browser had before", () => {
  const told = [];
  const heard = news({ conversation: "c1", number: 3 }, (what) => told.push(what));
  const steps = [
    ["accepted", 2],
    ["message", 3],
    ["message", 4],
    ["message", 4],
    ["seen", 5],
    ["lost", 6],
  ];
  const known = steps.map(([what, number]) => heard(entry(number, { what })).number);
  assert.deepEqual(told, ["message", "ended"]);
  assert.deepEqual(known, [3, 3, 4, 4, 5, 6]);
});

test("own messages are no news, and another conversation begins anew", () => {
  const told = [];
  const heard = news({ conversation: "c1", number: 9 }, (what) => told.push(what));
  heard(entry(1, { conversation: "c2", author: "visitor" }));
  heard(entry(2, { conversation: "c2", what: "accepted" }));
  assert.deepEqual(told, ["started"]);
});

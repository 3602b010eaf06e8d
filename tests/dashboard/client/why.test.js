import assert from "node:assert/strict";
import { test } from "node:test";
import { Why } from "../../../dashboard/client/chat/why.js";

test("whoever asks why is told by the component that is there, with what it is about and who", () => {
  const why = new Why();
  const told = [];
  why.open("c0", "Nobody");
  why.by((...asked) => told.push(asked));
  why.open("c1", "Vera");
  why.ofVisitor("v1", "Visitor 84F2");
  assert.deepEqual(told, [
    [{ conversation: "c1" }, "Vera"],
    [{ visitor: "v1" }, "Visitor 84F2"],
  ]);
  why.by(null);
  why.open("c2", "Tom");
  assert.equal(told.length, 2);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { begun } from "../../../widget/client/chat/state.js";
import { entry } from "./frames.js";

test("a window begins without anything said, but for what an earlier page has kept", () => {
  const bare = begun({});
  assert.deepEqual([bare.link, bare.box, bare.draft, bare.cut, bare.model.conversation ?? null], ["connecting", [], "", false, null]);
  const kept = begun({ draft: "half a sen", first: entry(1, { what: "asked", state: "routing" }) });
  assert.deepEqual([kept.draft, kept.model.conversation.id], ["half a sen", "c1"]);
});

test("what was on its way as the last page went is unsent again", () => {
  const frame = { t: "say", client_id: "x", text: "hi" };
  const [item] = begun({ box: [{ frame, state: "sending", at: 0 }] }).box;
  assert.deepEqual([item.state, item.frame], ["unsent", frame]);
});

test("what the page knows stands until the server says it", () => {
  assert.equal(begun({}, { cut: true, service: "message" }).cut, true);
  assert.equal(begun({}, { cut: false, service: "message" }).model.service, "message");
});

// Messages in a chat that does not go straight on: what is not taken, what is seen, what comes back into the box.
import assert from "node:assert/strict";
import { test } from "node:test";
import { active, inChat } from "./begun.js";
import { entry, welcome } from "./frames.js";

const said = ({ sent }, kind) => sent.filter(({ t }) => t === kind);

test("on hold nothing is taken: it stays the draft until the chat goes on", () => {
  const it = inChat();
  it.hear(entry(3, { what: "held", state: "on-hold" }));
  it.session.messages.draft("wait");
  assert.equal(it.session.messages.write("wait"), false);
  assert.deepEqual([it.sent, it.session.state.draft, it.session.state.notice], [[], "wait", null]);
  it.hear(entry(4, { what: "resumed" }));
  assert.equal(it.session.messages.write("wait"), true);
  assert.equal(it.session.state.draft, "");
});

test("what cannot be sent says why and stays the draft", () => {
  const it = inChat();
  assert.equal(it.session.messages.write("x".repeat(10_001)), false);
  assert.deepEqual(it.session.state.notice, { t: "error", reason: "too-long", limit: 10_000 });
  assert.equal(it.session.messages.write("\ud83d"), false);
  assert.deepEqual([it.session.state.draft, it.session.state.notice], ["\ud83d", { t: "error", reason: "bad-text" }]);
  it.session.messages.draft("better");
  assert.equal(it.session.state.notice, null);
});

test("an operator's message is said to be seen once, and again after a welcome", () => {
  const it = inChat();
  it.hear(entry(3, { spans: [{ text: "Hi" }] }));
  it.session.messages.see();
  it.session.messages.see();
  assert.deepEqual(said(it, "seen"), [{ t: "seen", conversation: "c1", upto: 3 }]);
  it.hear(welcome({ conversation: active }));
  it.session.messages.see();
  assert.equal(said(it, "seen").length, 2);
});

test("what is seen without a connection is said with the next one", () => {
  const it = inChat();
  it.hear(entry(3));
  it.up = false;
  it.session.messages.see();
  it.owner.lost(1006);
  it.session.messages.see();
  it.up = true;
  assert.deepEqual(said(it, "seen"), []);
  it.hear(welcome({ conversation: active }));
  it.session.messages.see();
  assert.equal(said(it, "seen").length, 1);
});

test("nobody is told of typing where nobody could be answered, nor of a draft that is put back", () => {
  const it = inChat();
  it.time = 10_000;
  it.session.messages.draft("Hel");
  it.session.messages.draft("Hel");
  it.session.messages.draft("   ");
  assert.equal(said(it, "typing").length, 1);
  it.hear(entry(3, { what: "held", state: "on-hold" }));
  it.time = 20_000;
  it.session.messages.draft("Hello");
  assert.equal(said(it, "typing").length, 1);
});

test("who types in another conversation is not shown here, and our own message ends no sign of the other side", () => {
  const it = inChat();
  it.hear({ t: "typing", conversation: "c0" });
  assert.equal(it.session.state.typing, 0);
  it.hear({ t: "typing", conversation: "c1" }, entry(3, { author: "visitor" }));
  assert.ok(it.session.state.typing > 0);
});

test("several that are refused come back in their order, before what was typed since", () => {
  const it = inChat();
  for (const text of ["one", "two"]) it.session.messages.write(text);
  it.session.messages.draft("three");
  for (const client_id of ["id-1", "id-2"]) it.hear({ t: "error", reason: "too-fast", client_id, limit: 7 });
  assert.equal(it.session.state.draft, "one\ntwo\nthree");
  assert.equal(it.shelf.text.includes("one\\ntwo\\nthree"), true); // kept for the next page
  assert.deepEqual(it.session.state.box, []);
});

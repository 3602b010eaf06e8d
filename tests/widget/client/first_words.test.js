// The first words: a draft until they are said, changed while one waits, and never lost on the way.
import assert from "node:assert/strict";
import { test } from "node:test";
import { firstWords } from "../../../widget/client/chat/conversation.js";
import { begin } from "./begun.js";
import { entry, welcome } from "./frames.js";

const said = (number, what, text, more = {}) =>
  entry(number, { what, state: "routing", author: "visitor", spans: text ? [{ text }] : undefined, ...(text ? {} : { reason: "none" }), ...more });
const words = ({ session }) => firstWords(session.state.model.conversation);

/** A session that has asked with these words, and waits. */
function waiting(text = "My tent leaks") {
  const it = begin();
  it.hear(welcome());
  it.session.messages.draft(text);
  it.session.request.ask("Vera", undefined, text);
  it.hear(said(1, "asked", text), { t: "ack", client_id: "id-1", conversation: "c1", number: 1 });
  return it;
}

test("what was written goes out with the asking, and is the draft until it is said", () => {
  const it = begin();
  it.hear(welcome());
  it.session.messages.draft("My tent leaks");
  it.session.request.ask("Vera", undefined, "My tent leaks");
  assert.equal(it.sent.at(-1).words, "My tent leaks");
  assert.equal(begin({ shelf: it.shelf }).session.state.draft, "My tent leaks"); // over a reload
  it.hear(said(1, "asked", "My tent leaks"));
  assert.equal(it.session.state.draft, "");
  assert.equal(words(it), "My tent leaks");
});

test("who says nothing sends nothing of it", () => {
  const it = begin();
  it.hear(welcome());
  it.session.request.ask("Vera");
  assert.ok(!("words" in it.sent.at(-1)));
});

test("what is refused stays the draft", () => {
  const it = begin();
  it.hear(welcome());
  it.session.messages.draft("My tent leaks");
  it.session.request.ask("Vera", undefined, "My tent leaks");
  it.hear({ t: "error", client_id: "id-1", reason: "too-fast", limit: 9 });
  assert.equal(it.session.state.draft, "My tent leaks");
});

test("where an invitation came first, it is the draft of that chat", () => {
  const it = begin();
  it.hear(welcome());
  it.session.messages.draft("My tent leaks");
  it.session.request.ask("Vera", undefined, "My tent leaks");
  it.hear(entry(1, { what: "invited", state: "invited", operator: "Ann" }), { t: "ack", client_id: "id-1", conversation: "c1", number: 2 });
  assert.equal(it.session.state.draft, "My tent leaks");
});

test("it is said otherwise while one waits, and the text that is on its way stays until it is said", () => {
  const it = waiting();
  it.session.messages.draft("Where is it?");
  it.session.words.change(" Where is it? ");
  assert.deepEqual(it.sent.at(-1), { t: "reword", client_id: "id-2", conversation: "c1", words: "Where is it?" });
  assert.equal(it.session.state.draft, "Where is it?");
  it.hear(said(2, "reworded", "Where is it?"), { t: "ack", client_id: "id-2", conversation: "c1", number: 2 });
  assert.equal(it.session.state.draft, "");
  assert.equal(words(it), "Where is it?");
  assert.deepEqual(it.session.state.box, []);
});

test("it can be taken back, and the same again is no change but said all the same", () => {
  const it = waiting();
  it.session.words.change("");
  assert.equal(it.sent.at(-1).words, undefined);
  it.hear(said(2, "reworded", ""));
  assert.equal(words(it), "");
  it.session.messages.draft("x");
  it.session.words.change("x");
  it.hear({ t: "ack", client_id: "id-3" });
  assert.equal(it.session.state.draft, "");
});

test("somebody comes: it is a message then, and what was being changed is the draft", () => {
  const it = waiting();
  it.session.messages.draft("My tent leaks, badly");
  it.session.words.change("My tent leaks, badly");
  const written = said(3, "message", "My tent leaks", { state: "active", message: "m1", client_id: "m1" });
  it.hear(said(2, "accepted", "", { state: "active", operator: "Ann", author: undefined }), written);
  it.hear({ t: "error", client_id: "id-2", reason: "taken" });
  assert.equal(it.session.state.draft, "My tent leaks, badly");
  assert.equal(words(it), "");
  assert.deepEqual(it.session.state.box, []);
});

test("what was opened to be changed and was not is no draft when it is written", () => {
  const it = waiting();
  it.session.messages.draft("My tent leaks");
  it.hear(said(2, "accepted", "", { state: "active", operator: "Ann", author: undefined }));
  it.hear(said(3, "message", "My tent leaks", { state: "active", message: "m1", client_id: "m1" }));
  assert.equal(it.session.state.draft, "");
});

test("after a lost operator what was written is not waiting to be said", () => {
  const it = waiting();
  it.hear(said(2, "accepted", "", { state: "active", operator: "Ann", author: undefined }));
  it.hear(entry(3, { what: "queued", state: "queued", reason: "operator-lost", operator: "Ann", author: undefined }));
  assert.equal(words(it), "");
});

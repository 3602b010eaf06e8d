// The session when a chat does not go straight on: invitations, hold, loss, and no connection.
import assert from "node:assert/strict";
import { test } from "node:test";
import { active, begin, inChat, texts } from "./begun.js";
import { entry, welcome } from "./frames.js";

const invite = (it) =>
  it.hear(welcome(), entry(1, { what: "invited", state: "invited", operator: "Ann", author: undefined, spans: [{ text: "May I help?" }] }));
const started = () => entry(2, { what: "started", state: "routing", author: undefined });

test("an invitation is opened, gone back from, and started with a name", () => {
  const it = begin();
  invite(it);
  assert.equal(it.screen(), "invitation");
  it.session.request.open(true);
  assert.equal(it.screen(), "opening");
  it.session.request.open(false);
  assert.equal(it.screen(), "invitation");
  it.session.request.open(true);
  it.session.request.start("Vera");
  assert.deepEqual(it.sent.at(-1), { t: "start", client_id: "id-1", conversation: "c1", mode: "text", name: "Vera" });
  it.hear({ t: "ack", client_id: "id-1", conversation: "c1", number: 3 }, started());
  assert.equal(it.screen(), "routing");
  it.hear(entry(3, { what: "accepted", operator: "Ann" }));
  assert.equal(it.screen(), "conversation");
  assert.deepEqual(it.session.state.box, []);
});

test("a refused invitation is refused once, and nothing of it stays", () => {
  const it = begin();
  invite(it);
  it.session.request.refuse();
  it.session.request.refuse();
  assert.deepEqual(
    it.sent.map(({ t }) => t),
    ["refuse"],
  );
  it.hear({ t: "ack", client_id: "id-1" }, entry(2, { what: "refused", state: "refused", author: undefined }));
  assert.equal(it.screen(), "start");
  assert.equal(begin({ shelf: it.shelf }).owner.hello().after, undefined);
});

test("an invitation that is over when it is started leads to the usual question", () => {
  const it = begin();
  invite(it);
  it.session.request.open(true);
  it.session.request.start("");
  it.hear({ t: "error", reason: "ended", client_id: "id-1" }, entry(2, { what: "expired", state: "expired", author: undefined }));
  assert.equal(it.screen(), "start");
  assert.deepEqual(it.session.state.box, []);
});

test("who leaves a message instead has refused the invitation first", () => {
  const it = begin();
  it.hear(welcome());
  it.session.left.show(true);
  it.hear(entry(1, { what: "invited", state: "invited", operator: "Ann" }));
  assert.equal(it.screen(), "leave");
  it.session.left.send({ name: "", email: "v@example.org", subject: "", text: "Call me" });
  assert.deepEqual(
    it.sent.map(({ t }) => t),
    ["refuse", "leave"],
  );
});

test("on hold nothing goes out, and what crossed it is the draft again, in its order, before what was typed", () => {
  const it = inChat();
  for (const text of ["one", "two"]) it.session.messages.write(text);
  it.session.messages.draft("three");
  it.hear(entry(3, { what: "held", state: "on-hold", author: undefined }));
  it.hear({ t: "error", reason: "on-hold", client_id: "id-1" }, { t: "error", reason: "on-hold", client_id: "id-2" });
  assert.equal(it.session.state.draft, "one\ntwo\nthree");
  assert.equal(it.session.messages.write("one\ntwo\nthree"), false);
  assert.equal(begin({ shelf: it.shelf }).session.state.draft, "one\ntwo\nthree");
  it.hear(entry(4, { what: "resumed", state: "active", author: undefined }));
  assert.equal(it.sent.filter(({ t }) => t === "say").length, 2);
  it.session.messages.write(it.session.state.draft);
  assert.equal(it.sent.at(-1).text, "one\ntwo\nthree");
  assert.equal(it.session.state.draft, "");
});

test("what the operator wrote is said to be seen once, and again after a new welcome", () => {
  const it = inChat();
  it.session.messages.see();
  it.hear(entry(3, { author: "operator" }));
  it.session.messages.see();
  it.session.messages.see();
  const seen = () => it.sent.filter(({ t }) => t === "seen");
  assert.deepEqual(seen(), [{ t: "seen", conversation: "c1", upto: 3 }]);
  it.owner.lost(1006);
  it.session.messages.see();
  assert.equal(seen().length, 1);
  it.hear(welcome({ conversation: active }));
  it.session.messages.see();
  assert.equal(seen().length, 2);
});

test("ten seconds without a connection are said; before, and once it is back, they are not", () => {
  const it = inChat();
  it.time = 50_000;
  it.owner.lost(1006);
  it.time += 9_000;
  it.owner.lost(1006); // another try that failed
  it.session.tick();
  assert.equal(it.session.state.cut, false);
  it.time += 1_000;
  it.session.tick();
  assert.equal(it.session.state.cut, true);
  assert.equal(it.screen(), "conversation");
  it.session.left.show(true, true);
  assert.equal(it.screen(), "leave");
  it.hear(welcome({ conversation: active }));
  assert.equal(it.session.state.cut, false);
  assert.equal(it.screen(), "leave"); // whoever writes goes on writing
  it.session.left.show(false);
  assert.equal(it.screen(), "conversation");
});

test("without a connection from the start there is the form, and it goes the plain way", async () => {
  const it = begin({ cut: true, post: async (frame) => (it.posted = frame) && { t: "left", client_id: frame.client_id, visitor: "w", secret: "s" } });
  assert.equal(it.screen(), "leave");
  it.session.left.send({ name: "", email: "v@example.org", subject: "", text: "Call me" });
  await Promise.resolve();
  await Promise.resolve();
  assert.equal(it.posted.site, "K");
  assert.equal(it.session.state.thanked, true);
  assert.deepEqual(it.session.state.box, []);
  assert.deepEqual([it.owner.hello().visitor, it.owner.hello().secret], ["w", "s"]);
});

test("what finds no way stays under its id, is sent again by hand, and goes out with the next connection", async () => {
  const form = { name: "", email: "v@example.org", subject: "", text: "Call me" };
  const posted = [];
  const it = begin({ cut: true, post: async ({ client_id }) => (posted.push(client_id), Promise.reject(new TypeError("offline"))) });
  it.session.left.send(form);
  await new Promise(setImmediate);
  assert.equal(it.session.state.box[0].error.reason, "offline");
  it.session.left.send(form);
  await new Promise(setImmediate);
  assert.deepEqual(posted, ["id-1", "id-1"]);
  it.hear(welcome());
  assert.deepEqual(
    it.sent.map(({ t, client_id }) => [t, client_id]),
    [["leave", "id-1"]],
  );
});

test("what crossed the loss of the operator is the draft again, to be sent when the chat goes on", () => {
  const it = inChat();
  for (const text of ["one", "two"]) it.session.messages.write(text);
  it.hear(entry(3, { what: "queued", state: "queued", reason: "operator-lost", author: undefined }));
  it.hear({ t: "error", reason: "not-active", client_id: "id-1" }, { t: "error", reason: "not-active", client_id: "id-2" });
  assert.equal(it.screen(), "queued");
  assert.deepEqual(texts(it), []);
  assert.equal(it.session.state.draft, "one\ntwo");
  it.hear(entry(4, { what: "accepted", operator: "Bob" }));
  assert.equal(it.session.state.notice.reason, "not-active");
  it.session.messages.write(it.session.state.draft);
  assert.equal(it.sent.at(-1).text, "one\ntwo");
});

test("a message left beside a chat does not put the chat away: its end is shown", () => {
  const it = inChat();
  it.session.left.show(true, true);
  it.session.left.send({ name: "", email: "v@example.org", subject: "", text: "Call me" });
  it.hear({ t: "ack", client_id: "id-1" });
  it.session.request.startAgain();
  assert.equal(it.screen(), "conversation");
  it.hear(entry(3, { what: "ended", state: "ended" }));
  assert.equal(it.screen(), "conversation");
  assert.equal(begin({ shelf: it.shelf }).owner.hello().after, "c1:1");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { Session } from "../../../widget/client/chat/session.js";
import { screenOf } from "../../../widget/client/chat/screen.js";
import { Store } from "../../../widget/client/chat/store.js";
import { lines } from "../../../widget/client/chat/lines.js";
import { entry, welcome } from "./frames.js";

/** A session whose wire, clock and ids the test holds. */
function begin({ shelf = { text: null, read: () => shelf.text, write: (text) => (shelf.text = text), tab: {} }, visitor = "v", cut = false, post } = {}) {
  const it = { sent: [], up: true, restarts: 0, stopped: false, time: 0, count: 0, later: [], shelf };
  const wire = {
    start() {},
    stop: () => (it.stopped = true),
    restart: () => (it.restarts++, it.owner.lost(0)),
    settle() {},
    send: (frame) => it.up && Boolean(it.sent.push(frame)),
  };
  const clock = { now: () => it.time, wall: () => Date.parse("2026-01-01T10:00:00Z") + it.time, id: () => `id-${++it.count}`, later: (ms, run) => it.later.push(run), post };
  const session = new Session("K", visitor, new Store("K", true, shelf), (owner) => ((it.owner = owner), wire), clock, cut);
  return Object.assign(it, { session, hear: (...frames) => frames.forEach((frame) => session.receive(frame)), screen: () => screenOf(session.state) });
}

const active = { id: "c1", state: "active", department: "Support", operator: "Ann" };
const inChat = (options) => {
  const it = begin(options);
  it.hear(welcome({ conversation: active }), entry(1, { what: "asked", author: undefined, state: "routing" }), entry(2, { what: "accepted", operator: "Ann" }));
  return it;
};
const texts = ({ session }) => lines(session.state.model.conversation, session.state.box).filter(({ kind }) => kind === "message").map(({ spans, state }) => [spans[0].text, state]);

test("the hello has the key, the secret of last time, and the token to go on from", () => {
  const it = inChat();
  assert.deepEqual(it.owner.hello(), { t: "hello", site: "K", visitor: "v", secret: "s", after: "c1:2" });
  assert.deepEqual(begin().owner.hello(), { t: "hello", site: "K", visitor: "v", secret: undefined, after: undefined });
  assert.equal(begin({ shelf: it.shelf }).owner.hello().after, "c1:1");
});

test("typing is said now and then, and shown for a while", () => {
  const it = inChat();
  it.time = 10_000;
  for (const text of ["H", "He", "Hel"]) it.session.draft(text);
  assert.deepEqual(it.sent, [{ t: "typing", conversation: "c1" }]);
  it.time += 3_000;
  it.session.draft("Hell");
  assert.equal(it.sent.length, 2);
  it.session.draft("");
  it.hear({ t: "typing", conversation: "c1" });
  assert.ok(it.session.state.typing > it.time);
  it.hear(entry(3, { what: "message", author: "operator", spans: [{ text: "Hi" }] }));
  assert.equal(it.session.state.typing, 0);
  it.hear({ t: "typing", conversation: "c1" });
  it.time += 6_000;
  it.session.tick();
  assert.equal(it.session.state.typing, 0);
});

test("from the button to the conversation, and on to another", () => {
  const it = begin();
  assert.equal(it.screen(), "loading");
  it.hear(welcome());
  assert.equal(it.screen(), "start");
  it.session.ask("Vera", "d1");
  assert.deepEqual(it.sent, [{ t: "ask", client_id: "id-1", department: "d1", mode: "text", name: "Vera" }]);
  it.hear({ t: "ack", client_id: "id-1", conversation: "c1", number: 1 }, entry(1, { what: "asked", state: "routing" }));
  assert.equal(it.screen(), "routing");
  it.hear(entry(2, { what: "queued", state: "queued" }));
  assert.equal(it.screen(), "queued");
  it.session.leaving(true);
  assert.equal(it.screen(), "leave");
  it.hear(entry(3, { what: "accepted", operator: "Ann" }));
  assert.equal(it.screen(), "conversation");
  it.hear(entry(4, { what: "ended", state: "ended" }));
  assert.equal(it.screen(), "conversation");
  it.session.startAgain();
  assert.equal(it.screen(), "start");
  it.session.ask("", undefined);
  it.hear(entry(1, { conversation: "c2", what: "asked", state: "routing" }));
  assert.equal(it.screen(), "routing");
});

test("an own message is one line from the key stroke to its entry, whichever answer comes first", () => {
  const acked = { t: "ack", client_id: "id-1", conversation: "c1", number: 3 };
  const told = entry(3, { author: "visitor", client_id: "id-1", spans: [{ text: "hi" }] });
  for (const answers of [[acked, told], [told, acked]]) {
    const it = inChat();
    it.session.say("hi");
    assert.deepEqual(texts(it), [["hi", "sending"]]);
    it.hear(answers[0]);
    assert.match(texts(it)[0][1], /kept|sent/);
    it.hear(answers[1]);
    assert.deepEqual(texts(it), [["hi", "sent"]]);
    assert.deepEqual(it.session.state.box, []);
  }
});

test("what was written while the connection was lost goes out after the welcome, once, under its id", () => {
  const it = inChat();
  it.session.say("on its way");
  it.up = false;
  it.owner.lost(1006);
  it.session.say("unsent");
  assert.deepEqual(texts(it).map(([, state]) => state), ["unsent", "unsent"]);
  assert.equal(it.session.state.link, "lost");
  it.up = true;
  it.hear(welcome({ conversation: active }));
  assert.deepEqual(it.sent.map(({ client_id }) => client_id), ["id-1", "id-1", "id-2"]);
  assert.equal(it.session.state.link, "open");
});

test("unsent messages and the draft outlive the page", () => {
  const it = inChat();
  it.up = false;
  it.session.say("unsent");
  it.session.draft("half a thou");
  const next = begin({ shelf: it.shelf });
  assert.equal(next.session.state.draft, "half a thou");
  next.hear(welcome({ conversation: active }));
  assert.deepEqual(next.sent.map(({ text }) => text), ["unsent"]);
});

test("too long or too fast: the text is back in the box, before what was typed meanwhile", () => {
  const it = inChat();
  it.session.say("first");
  it.session.draft("second");
  it.hear({ t: "error", reason: "too-fast", client_id: "id-1", limit: 7 });
  assert.equal(it.session.state.draft, "first\nsecond");
  assert.equal(it.session.state.notice.reason, "too-fast");
  assert.deepEqual(texts(it), []);
});

test("a text over the limit does not go out at all", () => {
  const it = inChat();
  assert.equal(it.session.say("😀".repeat(10_001)), false);
  assert.equal(it.session.say("😀".repeat(10_000)), true);
  assert.equal(it.sent.length, 1);
});

test("another refusal stays on the line until Try again", () => {
  const it = inChat();
  it.session.say("hi");
  it.hear({ t: "error", reason: "bad-text", client_id: "id-1" });
  assert.deepEqual(texts(it), [["hi", "refused"]]);
  it.session.again("id-1");
  assert.deepEqual(it.sent.map(({ client_id }) => client_id), ["id-1", "id-2"]);
});

test("busy is tried again by itself", () => {
  const it = inChat();
  it.session.say("hi");
  it.hear({ t: "error", reason: "busy", client_id: "id-1" });
  it.later.forEach((run) => run());
  assert.deepEqual(it.sent.map(({ client_id }) => client_id), ["id-1", "id-1"]);
});

test("no answer for ten seconds means that the connection is dead", () => {
  const it = inChat();
  it.session.say("hi");
  it.time = 9_000;
  it.session.tick();
  assert.equal(it.restarts, 0);
  it.time = 10_001;
  it.session.tick();
  assert.equal(it.restarts, 1);
});

test("missing entries make it come back: for the rest first, then for all", () => {
  const it = inChat();
  it.hear(entry(4));
  assert.equal(it.restarts, 1);
  assert.equal(it.owner.hello().after, "c1:2");
  it.hear(welcome({ conversation: active }), entry(4));
  assert.equal(it.owner.hello().after, undefined);
});

test("a left message is thanked for, and the form is there again after Done", () => {
  const it = begin();
  it.hear(welcome({ service: "message" }));
  assert.equal(it.screen(), "leave");
  it.session.leave({ name: "", email: "v@example.org", subject: "", text: "Call me" });
  it.hear({ t: "error", reason: "too-fast", client_id: "id-1", limit: 3600 });
  assert.equal(it.session.state.thanked, false);
  it.session.leave({ name: "", email: "v@example.org", subject: "", text: "Call me" });
  it.hear({ t: "ack", client_id: "id-2", conversation: "c1", number: 1 });
  assert.equal(it.session.state.thanked, true);
  assert.deepEqual(it.session.state.box, []);
  it.session.startAgain();
  assert.equal(it.screen(), "leave");
  assert.equal(it.session.state.thanked, false);
});

test("whoever writes a message is not interrupted by somebody becoming available", () => {
  const it = begin();
  it.hear(welcome({ service: "message" }));
  it.session.leaving(true);
  it.hear({ t: "departments", service: "live", departments: [] });
  assert.equal(it.screen(), "leave");
});

test("a conversation that ended while the visitor was away is shown; one put away is not", () => {
  const it = inChat();
  it.hear(entry(3, { what: "ended", state: "ended" }));
  const back = begin({ shelf: it.shelf });
  back.hear(welcome({ conversation: { ...active, state: "ended" } }), entry(2), entry(3, { what: "ended", state: "ended" }));
  assert.equal(back.screen(), "conversation");
  back.session.startAgain();
  assert.equal(begin({ shelf: it.shelf }).owner.hello().after, undefined);
});

test("a message that belongs to a conversation that is gone becomes the draft", () => {
  const it = inChat();
  it.up = false;
  it.session.say("too late");
  it.up = true;
  it.hear(welcome());
  assert.deepEqual(it.sent, []);
  assert.equal(it.session.state.draft, "too late");
});

test("two tabs that begin in the same moment are one visitor: the one without the secret comes back with it", () => {
  const it = begin();
  it.hear(welcome({ visitor: "stranger", secret: "other" }));
  assert.equal(it.screen(), "loading");
  new Store("K", true, it.shelf).put({ secret: "s" }); // the other tab
  it.later.forEach((run) => run());
  assert.equal(it.restarts, 1);
  assert.equal(it.owner.hello().secret, "s");
  it.hear(welcome());
  assert.equal(it.screen(), "start");
});

test("who the server says the visitor is, the page is told if it differs", () => {
  const it = begin();
  const told = [];
  it.session.visitorIs = (key) => told.push(key);
  it.hear(welcome(), welcome({ visitor: "w" })); // it brought a secret, and it was not theirs
  assert.deepEqual(told, ["w"]);
  assert.equal(it.owner.hello().visitor, "w");
});

test("an unknown site is final", () => {
  const it = begin();
  it.hear({ t: "error", reason: "unknown-site" });
  assert.equal(it.screen(), "refused");
  assert.equal(it.stopped, true);
});

test("End and Cancel that come too late need no word", () => {
  const it = inChat();
  it.session.end();
  it.hear({ t: "error", reason: "ended", client_id: "id-1" });
  assert.deepEqual(it.session.state.box, []);
});

// --- invitations, hold, and no connection

const invite = (it) =>
  it.hear(welcome(), entry(1, { what: "invited", state: "invited", operator: "Ann", author: undefined, spans: [{ text: "May I help?" }] }));
const started = () => entry(2, { what: "started", state: "routing", author: undefined });

test("an invitation is opened, gone back from, and started with a name", () => {
  const it = begin();
  invite(it);
  assert.equal(it.screen(), "invitation");
  it.session.open(true);
  assert.equal(it.screen(), "opening");
  it.session.open(false);
  assert.equal(it.screen(), "invitation");
  it.session.open(true);
  it.session.startChat("Vera");
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
  it.session.refuse();
  it.session.refuse();
  assert.deepEqual(it.sent.map(({ t }) => t), ["refuse"]);
  it.hear({ t: "ack", client_id: "id-1" }, entry(2, { what: "refused", state: "refused", author: undefined }));
  assert.equal(it.screen(), "start");
  assert.equal(begin({ shelf: it.shelf }).owner.hello().after, undefined);
});

test("an invitation that is over when it is started leads to the usual question", () => {
  const it = begin();
  invite(it);
  it.session.open(true);
  it.session.startChat("");
  it.hear({ t: "error", reason: "ended", client_id: "id-1" }, entry(2, { what: "expired", state: "expired", author: undefined }));
  assert.equal(it.screen(), "start");
  assert.deepEqual(it.session.state.box, []);
});

test("who leaves a message instead has refused the invitation first", () => {
  const it = begin();
  it.hear(welcome());
  it.session.leaving(true);
  it.hear(entry(1, { what: "invited", state: "invited", operator: "Ann" }));
  assert.equal(it.screen(), "leave");
  it.session.leave({ name: "", email: "v@example.org", subject: "", text: "Call me" });
  assert.deepEqual(it.sent.map(({ t }) => t), ["refuse", "leave"]);
});

test("on hold nothing goes out, and what crossed it is the draft again, in its order, before what was typed", () => {
  const it = inChat();
  for (const text of ["one", "two"]) it.session.say(text);
  it.session.draft("three");
  it.hear(entry(3, { what: "held", state: "on-hold", author: undefined }));
  it.hear({ t: "error", reason: "on-hold", client_id: "id-1" }, { t: "error", reason: "on-hold", client_id: "id-2" });
  assert.equal(it.session.state.draft, "one\ntwo\nthree");
  assert.equal(it.session.say("one\ntwo\nthree"), false);
  assert.equal(begin({ shelf: it.shelf }).session.state.draft, "one\ntwo\nthree");
  it.hear(entry(4, { what: "resumed", state: "active", author: undefined }));
  assert.equal(it.sent.filter(({ t }) => t === "say").length, 2);
  it.session.say(it.session.state.draft);
  assert.equal(it.sent.at(-1).text, "one\ntwo\nthree");
  assert.equal(it.session.state.draft, "");
});

test("what the operator wrote is said to be seen once, and again after a new welcome", () => {
  const it = inChat();
  it.session.see();
  it.hear(entry(3, { author: "operator" }));
  it.session.see();
  it.session.see();
  const seen = () => it.sent.filter(({ t }) => t === "seen");
  assert.deepEqual(seen(), [{ t: "seen", conversation: "c1", upto: 3 }]);
  it.owner.lost(1006);
  it.session.see();
  assert.equal(seen().length, 1);
  it.hear(welcome({ conversation: active }));
  it.session.see();
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
  it.session.leaving(true, true);
  assert.equal(it.screen(), "leave");
  it.hear(welcome({ conversation: active }));
  assert.equal(it.session.state.cut, false);
  assert.equal(it.screen(), "leave"); // whoever writes goes on writing
  it.session.leaving(false);
  assert.equal(it.screen(), "conversation");
});

test("without a connection from the start there is the form, and it goes the plain way", async () => {
  const it = begin({ cut: true, post: async (frame) => (it.posted = frame) && { t: "left", client_id: frame.client_id, visitor: "w", secret: "s" } });
  assert.equal(it.screen(), "leave");
  it.session.leave({ name: "", email: "v@example.org", subject: "", text: "Call me" });
  await Promise.resolve();
  await Promise.resolve();
  assert.equal(it.posted.site, "K");
  assert.equal(it.session.state.thanked, true);
  assert.deepEqual(it.session.state.box, []);
  assert.deepEqual([it.owner.hello().visitor, it.owner.hello().secret], ["w", "s"]);
});

test("what finds no way stays under its id, is sent again by hand, and goes out with the next connection", async () => {
  const letter = { name: "", email: "v@example.org", subject: "", text: "Call me" };
  const posted = [];
  const it = begin({ cut: true, post: async ({ client_id }) => (posted.push(client_id), Promise.reject(new TypeError("offline"))) });
  it.session.leave(letter);
  await new Promise(setImmediate);
  assert.equal(it.session.state.box[0].error.reason, "offline");
  it.session.leave(letter);
  await new Promise(setImmediate);
  assert.deepEqual(posted, ["id-1", "id-1"]);
  it.hear(welcome());
  assert.deepEqual(it.sent.map(({ t, client_id }) => [t, client_id]), [["leave", "id-1"]]);
});

test("what crossed the loss of the operator is the draft again, to be sent when the chat goes on", () => {
  const it = inChat();
  for (const text of ["one", "two"]) it.session.say(text);
  it.hear(entry(3, { what: "queued", state: "queued", reason: "operator-lost", author: undefined }));
  it.hear({ t: "error", reason: "not-active", client_id: "id-1" }, { t: "error", reason: "not-active", client_id: "id-2" });
  assert.equal(it.screen(), "queued");
  assert.deepEqual(texts(it), []);
  assert.equal(it.session.state.draft, "one\ntwo");
  it.hear(entry(4, { what: "accepted", operator: "Bob" }));
  assert.equal(it.session.state.notice.reason, "not-active");
  it.session.say(it.session.state.draft);
  assert.equal(it.sent.at(-1).text, "one\ntwo");
});

test("a message left beside a chat does not put the chat away: its end is shown", () => {
  const it = inChat();
  it.session.leaving(true, true);
  it.session.leave({ name: "", email: "v@example.org", subject: "", text: "Call me" });
  it.hear({ t: "ack", client_id: "id-1" });
  it.session.startAgain();
  assert.equal(it.screen(), "conversation");
  it.hear(entry(3, { what: "ended", state: "ended" }));
  assert.equal(it.screen(), "conversation");
  assert.equal(begin({ shelf: it.shelf }).owner.hello().after, "c1:1");
});

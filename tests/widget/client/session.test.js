import assert from "node:assert/strict";
import { test } from "node:test";
import { Store } from "../../../widget/client/chat/store.js";
import { active, begin, inChat, texts } from "./begun.js";
import { entry, welcome } from "./frames.js";

test("the hello has the key, the secret of last time, and the token to go on from", () => {
  const it = inChat();
  assert.deepEqual(it.owner.hello(), { t: "hello", site: "K", visitor: "v", secret: "s", after: "c1:2", speaks: 2 });
  assert.deepEqual(begin().owner.hello(), { t: "hello", site: "K", visitor: "v", secret: undefined, after: undefined, speaks: 2 });
  assert.equal(begin({ shelf: it.shelf }).owner.hello().after, "c1:1");
});

test("typing is said now and then, and shown for a while", () => {
  const it = inChat();
  it.time = 10_000;
  for (const text of ["H", "He", "Hel"]) it.session.messages.draft(text);
  assert.deepEqual(it.sent, [{ t: "typing", conversation: "c1" }]);
  it.time += 3_000;
  it.session.messages.draft("Hell");
  assert.equal(it.sent.length, 2);
  it.session.messages.draft("");
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
  it.session.request.ask("Vera", "d1");
  assert.deepEqual(it.sent, [{ t: "ask", client_id: "id-1", department: "d1", mode: "text", name: "Vera" }]);
  it.hear({ t: "ack", client_id: "id-1", conversation: "c1", number: 1 }, entry(1, { what: "asked", state: "routing" }));
  assert.equal(it.screen(), "routing");
  it.hear(entry(2, { what: "queued", state: "queued" }));
  assert.equal(it.screen(), "queued");
  it.session.left.show(true);
  assert.equal(it.screen(), "leave");
  it.hear(entry(3, { what: "accepted", operator: "Ann" }));
  assert.equal(it.screen(), "conversation");
  it.hear(entry(4, { what: "ended", state: "ended" }));
  assert.equal(it.screen(), "conversation");
  it.session.request.startAgain();
  assert.equal(it.screen(), "start");
  it.session.request.ask("", undefined);
  it.hear(entry(1, { conversation: "c2", what: "asked", state: "routing" }));
  assert.equal(it.screen(), "routing");
});

test("an own message is one line from the key stroke to its entry, whichever answer comes first", () => {
  const acked = { t: "ack", client_id: "id-1", conversation: "c1", number: 3 };
  const told = entry(3, { author: "visitor", client_id: "id-1", spans: [{ text: "hi" }] });
  for (const answers of [
    [acked, told],
    [told, acked],
  ]) {
    const it = inChat();
    it.session.messages.write("hi");
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
  it.session.messages.write("on its way");
  it.up = false;
  it.owner.lost(1006);
  it.session.messages.write("unsent");
  assert.deepEqual(
    texts(it).map(([, state]) => state),
    ["unsent", "unsent"],
  );
  assert.equal(it.session.state.link, "lost");
  it.up = true;
  it.hear(welcome({ conversation: active }));
  assert.deepEqual(
    it.sent.map(({ client_id }) => client_id),
    ["id-1", "id-1", "id-2"],
  );
  assert.equal(it.session.state.link, "open");
});

test("unsent messages and the draft outlive the page", () => {
  const it = inChat();
  it.up = false;
  it.session.messages.write("unsent");
  it.session.messages.draft("half a thou");
  const next = begin({ shelf: it.shelf });
  assert.equal(next.session.state.draft, "half a thou");
  next.hear(welcome({ conversation: active }));
  assert.deepEqual(
    next.sent.map(({ text }) => text),
    ["unsent"],
  );
});

test("too long or too fast: the text is back in the box, before what was typed meanwhile", () => {
  const it = inChat();
  it.session.messages.write("first");
  it.session.messages.draft("second");
  it.hear({ t: "error", reason: "too-fast", client_id: "id-1", limit: 7 });
  assert.equal(it.session.state.draft, "first\nsecond");
  assert.equal(it.session.state.notice.reason, "too-fast");
  assert.deepEqual(texts(it), []);
});

test("a text over the limit does not go out at all", () => {
  const it = inChat();
  assert.equal(it.session.messages.write("😀".repeat(10_001)), false);
  assert.equal(it.session.messages.write("😀".repeat(10_000)), true);
  assert.equal(it.sent.length, 1);
});

test("another refusal stays on the line until Try again", () => {
  const it = inChat();
  it.session.messages.write("hi");
  it.hear({ t: "error", reason: "bad-text", client_id: "id-1" });
  assert.deepEqual(texts(it), [["hi", "refused"]]);
  it.session.messages.again("id-1");
  assert.deepEqual(
    it.sent.map(({ client_id }) => client_id),
    ["id-1", "id-2"],
  );
});

test("busy is tried again by itself", () => {
  const it = inChat();
  it.session.messages.write("hi");
  it.hear({ t: "error", reason: "busy", client_id: "id-1" });
  it.later.forEach((run) => run());
  assert.deepEqual(
    it.sent.map(({ client_id }) => client_id),
    ["id-1", "id-1"],
  );
});

test("no answer for ten seconds means that the connection is dead", () => {
  const it = inChat();
  it.session.messages.write("hi");
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
  it.session.left.send({ name: "", email: "v@example.org", subject: "", text: "Call me" });
  it.hear({ t: "error", reason: "too-fast", client_id: "id-1", limit: 3600 });
  assert.equal(it.session.state.thanked, false);
  it.session.left.send({ name: "", email: "v@example.org", subject: "", text: "Call me" });
  it.hear({ t: "ack", client_id: "id-2", conversation: "c1", number: 1 });
  assert.equal(it.session.state.thanked, true);
  assert.deepEqual(it.session.state.box, []);
  it.session.request.startAgain();
  assert.equal(it.screen(), "leave");
  assert.equal(it.session.state.thanked, false);
});

test("whoever writes a message is not interrupted by somebody becoming available", () => {
  const it = begin();
  it.hear(welcome({ service: "message" }));
  it.session.left.show(true);
  it.hear({ t: "departments", service: "live", departments: [] });
  assert.equal(it.screen(), "leave");
});

test("a conversation that ended while the visitor was away is shown; one put away is not", () => {
  const it = inChat();
  it.hear(entry(3, { what: "ended", state: "ended" }));
  const back = begin({ shelf: it.shelf });
  back.hear(welcome({ conversation: { ...active, state: "ended" } }), entry(2), entry(3, { what: "ended", state: "ended" }));
  assert.equal(back.screen(), "conversation");
  back.session.request.startAgain();
  assert.equal(begin({ shelf: it.shelf }).owner.hello().after, undefined);
});

test("a message that belongs to a conversation that is gone becomes the draft", () => {
  const it = inChat();
  it.up = false;
  it.session.messages.write("too late");
  it.up = true;
  it.hear(welcome());
  assert.deepEqual(it.sent, []);
  assert.equal(it.session.state.draft, "too late");
});

test("two tabs that begin in the same moment are one visitor: the one without the secret comes back with it", () => {
  const it = begin();
  it.hear(welcome({ visitor: "stranger", secret: "other" }));
  assert.equal(it.screen(), "loading");
  new Store("K", true, it.shelf, "v").put({ secret: "s" }); // the other tab
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
  it.session.request.end();
  it.hear({ t: "error", reason: "ended", client_id: "id-1" });
  assert.deepEqual(it.session.state.box, []);
});

test("all waiting counts by the server's clock, however wrong this computer's is", () => {
  const it = begin();
  assert.equal(it.session.time(), Date.parse("2026-01-01T10:00:00Z"));
  it.time = 3_000;
  it.hear(welcome({ now: "2026-01-01T10:10:00Z" }));
  it.time = 5_000;
  assert.equal(it.session.time(), Date.parse("2026-01-01T10:10:02Z"));
  it.hear(welcome({ now: "2026-01-01T11:00:00Z" })); // after a sleep
  assert.equal(it.session.time(), Date.parse("2026-01-01T11:00:00Z"));
  it.hear(welcome({ now: undefined })); // of a server of before its update
  assert.equal(it.session.time(), Date.parse("2026-01-01T11:00:00Z"));
});

test("who lost the operator waits from then on, not since the request", () => {
  const it = begin();
  const at = (minute) => `2026-01-01T10:0${minute}:00Z`;
  it.hear(welcome(), entry(1, { what: "asked", state: "routing", at: at(0) }));
  it.hear(entry(2, { what: "queued", state: "queued", at: at(1) }));
  assert.equal(it.session.state.model.conversation.asked, at(0));
  it.hear(entry(3, { what: "accepted", operator: "Ann", at: at(2) }), entry(4, { what: "queued", state: "queued", at: at(5) }));
  assert.equal(it.session.state.model.conversation.asked, at(5));
  it.hear(entry(5, { what: "place", state: "routing", at: at(6) }));
  assert.equal(it.session.state.model.conversation.asked, at(5));
});

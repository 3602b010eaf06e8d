import assert from "node:assert/strict";
import { test } from "node:test";
import { goesOn, lines } from "../../../widget/client/chat/lines.js";
import { unread } from "../../../widget/client/chat/unread.js";
import { entry } from "./frames.js";

const talk = (...entries) => ({ id: "c1", state: "active", department: "", last: entries.length, asked: null, seen: 0, read: 0, reason: null, entries });
const item = (id, conversation = "c1") => ({ frame: { t: "say", client_id: id, text: id }, at: "2026-01-01T10:00:00.000Z", conversation, state: "unsent" });

test("what is unsent stands below what was said, and only in its own conversation", () => {
  const all = lines(talk(entry(1)), [item("a"), item("b", "c2")]);
  assert.deepEqual(
    all.map(({ key }) => key),
    ["entry-1", "a"],
  );
});

test("an entry and its outbox item are one line", () => {
  const all = lines(talk(entry(1, { author: "visitor", client_id: "a" })), [item("a")]);
  assert.deepEqual(
    all.map(({ key, state }) => [key, state]),
    [["a", "sent"]],
  );
});

test("an operator's client_id, should there be one, is no own message", () => {
  assert.equal(lines(talk(entry(1, { client_id: "a" })), [])[0].own, false);
});

test("what happens is a note: who joined, hold, resume, being lost; the queue only after a conversation", () => {
  const step = (number, what, more = {}) => entry(number, { what, author: undefined, spans: undefined, ...more });
  const all = lines(
    talk(
      step(1, "asked"),
      step(2, "queued", { reason: "timeout" }),
      step(3, "accepted", { operator: "Ann" }),
      step(4, "held"),
      step(5, "resumed"),
      step(6, "queued", { reason: "operator-lost" }),
      step(7, "accepted", { operator: "Bob" }),
      step(8, "queued", { reason: "operator-left" }),
      step(9, "lost"),
      step(10, "step"),
    ),
    [],
  );
  assert.deepEqual(
    all.map(({ kind }) => kind),
    ["joined", "held", "resumed", "lost", "joined", "left", "away"],
  );
});

test("the operator's words of an invitation are the first thing said", () => {
  const [line] = lines(talk(entry(1, { what: "invited", operator: "Ann", author: undefined, spans: [{ text: "May I help?" }] })), []);
  assert.deepEqual([line.kind, line.own, line.who, line.spans], ["message", false, "Ann", [{ text: "May I help?" }]]);
});

test("an own message is seen once the operator has seen that far", () => {
  const own = (number) => entry(number, { author: "visitor", client_id: `m${number}` });
  const all = lines({ ...talk(own(1), own(2)), seen: 1 }, []);
  assert.deepEqual(
    all.map(({ state }) => state),
    ["seen", "sent"],
  );
});

test("a line goes on where the one above is by the same person in the same minute", () => {
  const [one, two, later] = lines(talk(entry(1), entry(2), entry(3, { at: "2026-01-01T10:01:00.000Z" })), []);
  assert.equal(goesOn(two, one), true);
  assert.equal(goesOn(later, two), false);
  assert.equal(goesOn(one, undefined), false);
});

test("unread is what the operator did since the window was open", () => {
  const conversation = talk(entry(1, { what: "asked" }), entry(2, { what: "accepted" }), entry(3), entry(4, { author: "visitor" }), entry(5));
  assert.equal(unread(conversation, undefined), 3);
  assert.equal(unread(conversation, { conversation: "c1", number: 3 }), 1);
  assert.equal(unread(conversation, { conversation: "c0", number: 9 }), 3);
  assert.equal(unread({ ...conversation, read: 3 }, { conversation: "c1", number: 2 }), 1); // read in another tab
  assert.equal(unread(null, undefined), 0);
});

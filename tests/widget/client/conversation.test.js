import assert from "node:assert/strict";
import { test } from "node:test";
import { EMPTY, isOpen, resumed, step } from "../../../widget/client/chat/conversation.js";
import { entry, welcome } from "./frames.js";

const talk = { id: "c1", state: "active", department: "Support", operator: "Ann" };
const run = (...frames) => frames.reduce(step, EMPTY);
const numbers = (model) => model.conversation.entries.map(({ number }) => number);

test("entries stand in their order, and the last one's token is where to go on from", () => {
  const model = run(welcome({ conversation: talk }), entry(1), entry(2), entry(3));
  assert.deepEqual(numbers(model), [1, 2, 3]);
  assert.equal(model.token, "c1:3");
});

test("an entry that comes twice is there once", () => {
  assert.deepEqual(numbers(run(welcome({ conversation: talk }), entry(1), entry(2), entry(2), entry(1))), [1, 2]);
});

test("a conversation of a restored server is told anew, and what is new in it has numbers that were there before", () => {
  const restored = (number) => entry(number, { token: `restored:${number}` });
  const before = run(welcome({ conversation: talk }), entry(1), entry(2), entry(3));
  const model = [welcome({ conversation: talk }), restored(1), restored(2)].reduce(step, before);
  assert.deepEqual(
    model.conversation.entries.map(({ token }) => token),
    ["restored:1", "restored:2"],
  );
  assert.equal(model.token, "restored:2");
  assert.equal(model.gaps, 0);
});

test("a gap is not shown but asked for, from the last token", () => {
  const model = run(welcome({ conversation: talk }), entry(1), entry(3));
  assert.deepEqual(numbers(model), [1]);
  assert.equal(model.gaps, 1);
  assert.equal(model.token, "c1:1");
  const filled = [welcome({ conversation: talk }), entry(2), entry(3)].reduce(step, model);
  assert.deepEqual(numbers(filled), [1, 2, 3]);
  assert.equal(filled.gaps, 0);
});

test("a gap that cannot be filled does not stop the conversation for ever", () => {
  const model = run(welcome({ conversation: talk }), entry(1), entry(3), entry(3), entry(3), entry(3));
  assert.deepEqual(numbers(model), [1, 3]);
});

test("coming back goes on with the same conversation", () => {
  const model = [welcome({ conversation: talk }), entry(3)].reduce(step, run(welcome({ conversation: talk }), entry(1), entry(2)));
  assert.deepEqual(numbers(model), [1, 2, 3]);
});

test("a new conversation, begun here or in another tab, takes the old one's place", () => {
  const model = run(
    welcome({ conversation: talk }),
    entry(1, { state: "ended", what: "ended" }),
    entry(1, { conversation: "c2", token: "c2:1", what: "asked", state: "routing" }),
  );
  assert.equal(model.conversation.id, "c2");
  assert.equal(model.conversation.department, "Support");
  assert.equal(model.conversation.asked, "2026-01-01T10:00:00.000Z");
  assert.deepEqual(numbers(model), [1]);
});

test("a conversation that is over stays on the screen; an open one the server does not know goes", () => {
  const ended = run(welcome({ conversation: talk }), entry(1, { what: "ended", state: "ended" }), welcome());
  assert.equal(ended.conversation.state, "ended");
  assert.equal(run(welcome({ conversation: talk }), entry(1), welcome()).conversation, null);
});

test("the first entry alone is enough to come back to a conversation", () => {
  const model = resumed(entry(1, { what: "asked", state: "routing" }));
  assert.equal(model.token, "c1:1");
  assert.ok(isOpen(model.conversation));
  const back = [welcome({ conversation: { ...talk, state: "ended" } }), entry(2, { state: "ended" })].reduce(step, model);
  assert.deepEqual(numbers(back), [1, 2]);
  assert.equal(step(model, welcome()).conversation, null);
});

test("accepted names the operator; a place counts only for this conversation and until queued anew", () => {
  const place = (conversation) => ({ t: "place", conversation, place: 2 });
  const queued = run(welcome({ conversation: { ...talk, state: "queued", operator: undefined } }), place("c9"), place("c1"));
  assert.equal(queued.place.conversation, "c1");
  assert.equal(step(queued, entry(1, { what: "accepted", operator: "Bob" })).conversation.operator, "Bob");
  assert.equal(step(queued, entry(1, { what: "queued", state: "queued" })).place, null);
});

test("departments and service follow the server", () => {
  const model = run(welcome(), { t: "departments", service: "message", departments: [] });
  assert.equal(model.service, "message");
  assert.deepEqual(model.departments, []);
});

// How a conversation comes about and ends, as far as it does not go straight on.
import assert from "node:assert/strict";
import { test } from "node:test";
import { active, begin, inChat } from "./begun.js";
import { entry, welcome } from "./frames.js";

const invited = () => {
  const it = begin();
  it.hear(welcome(), entry(1, { what: "invited", state: "invited", operator: "Ann" }));
  return it;
};
const kinds = ({ sent }) => sent.map(({ t }) => t);

test("without an invitation there is nothing to take or to refuse", () => {
  const it = begin();
  it.hear(welcome());
  it.session.request.start("Vera");
  it.session.request.refuse();
  assert.deepEqual(it.sent, []);
  const chat = inChat();
  chat.session.request.refuse();
  assert.deepEqual(chat.sent, []);
});

test("an invitation is taken by its conversation, and the choice of how to talk is over then", () => {
  const it = invited();
  it.session.request.open(true);
  assert.equal(it.session.state.opening, "c1");
  it.session.request.start("Vera");
  assert.deepEqual(it.sent, [{ t: "start", client_id: "id-1", conversation: "c1", mode: "text", name: "Vera" }]);
  it.hear(entry(2, { what: "started", author: "visitor", state: "active" }));
  assert.equal(it.session.state.opening, "");
  assert.deepEqual(it.session.state.box, []);
});

test("an invitation is refused once, however often it is closed", () => {
  const it = invited();
  it.session.request.refuse();
  it.session.request.refuse();
  assert.deepEqual(kinds(it), ["refuse"]);
  it.hear({ t: "error", reason: "ended", client_id: "id-1" });
  assert.deepEqual(it.session.state.box, []);
});

test("Cancel names the conversation and puts the form away", () => {
  const it = begin();
  it.hear(welcome(), entry(1, { what: "asked", author: undefined, state: "routing" }));
  it.session.left.show(true);
  it.session.request.cancel();
  assert.deepEqual(it.sent, [{ t: "cancel", client_id: "id-1", conversation: "c1" }]);
  assert.deepEqual([it.session.state.leaving, it.session.state.cancelled], [false, "c1"]);
});

test("a request has the department that was chosen, which its entry does not say", () => {
  const it = begin();
  const departments = ["d1", "d2"].map((id) => ({ id, name: { d1: "Support", d2: "Sales" }[id], service: "live" }));
  it.hear(welcome({ departments }));
  it.session.request.ask("Vera", "d2");
  it.hear(entry(1, { what: "asked", author: undefined, state: "routing" }));
  assert.equal(it.session.state.model.conversation.department, "Sales");
  assert.deepEqual(it.session.state.box, []);
});

test("a request stays in the box until its entry comes, and a refused one is not forgotten", () => {
  const it = begin();
  it.hear(welcome());
  it.session.request.ask("Vera");
  it.hear({ t: "ack", client_id: "id-1", conversation: "c1", number: 1 });
  assert.equal(it.session.state.box.length, 1);
  const other = begin();
  other.hear(welcome());
  other.session.request.ask("Vera");
  other.hear({ t: "error", reason: "unknown-department", client_id: "id-1" });
  assert.equal(other.session.state.box[0].state, "refused");
  other.session.request.ask("Vera", "d1");
  assert.equal(other.session.state.box.length, 1);
});

test("Start again puts away what is over, and nothing that goes on", () => {
  const it = inChat();
  it.session.request.startAgain();
  assert.deepEqual([it.session.state.dismissed, it.screen()], ["", "conversation"]);
  it.session.request.end();
  it.hear(entry(3, { what: "ended", author: "visitor", state: "ended" }));
  it.session.request.startAgain();
  assert.deepEqual([it.session.state.dismissed, it.screen()], ["c1", "start"]);
  assert.equal(it.session.store.held.first, undefined);
});

test("the request's first entry is kept for the next page until it is over for good", () => {
  const it = begin();
  it.hear(welcome(), entry(1, { what: "asked", author: undefined, state: "routing" }));
  assert.equal(it.session.store.held.first.number, 1);
  it.hear(entry(2, { what: "abandoned", author: undefined, state: "abandoned" }));
  assert.equal(it.session.store.held.first, undefined);
  assert.equal(active.state, "active");
});

// "Leave a message" where its way is not the straight one: no connection, the same form once more, a chat beside it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { active, begin, inChat } from "./begun.js";
import { entry, welcome } from "./frames.js";

const FORM = { name: "Vera", email: "v@example.org", subject: "Parcel", text: "Where is it?" };
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A window without a live connection, whose form goes the plain way. */
function plain(answer, options = {}) {
  const posted = [];
  const it = begin({ ...options, post: async (form) => (posted.push(form), answer(form)) });
  it.up = false;
  return Object.assign(it, { posted });
}

test("without a connection the form goes the plain way, and what the server says of the visitor is kept", async () => {
  const it = plain(() => ({ t: "ack", secret: "s2", visitor: "w" }));
  const told = [];
  it.session.visitorIs = (key) => told.push(key);
  it.session.left.send(FORM);
  await turn();
  assert.deepEqual(it.posted, [{ t: "leave", client_id: "id-1", ...FORM, site: "K", visitor: "v", secret: undefined }]);
  assert.deepEqual([it.session.state.thanked, it.session.state.box, told], [true, [], ["w"]]);
  assert.equal(it.session.store.held.secret, "s2");
});

test("a refusal on the plain way is one of the form's", async () => {
  const it = plain(() => ({ t: "error", reason: "too-fast", limit: 60 }));
  it.session.left.send(FORM);
  await turn();
  assert.equal(it.session.state.thanked, false);
  assert.deepEqual([it.session.state.box[0].state, it.session.state.box[0].error?.reason], ["refused", "too-fast"]);
});

test("what does not get through goes out with the next connection, once and under its id", async () => {
  const it = plain(() => Promise.reject(new TypeError("offline")));
  it.session.left.send(FORM);
  await turn();
  it.session.left.send(FORM);
  await turn();
  assert.deepEqual(
    it.posted.map(({ client_id }) => client_id),
    ["id-1", "id-1"],
  );
  it.session.left.send({ ...FORM, text: "Another one" });
  await turn();
  assert.equal(it.posted[2].client_id, "id-2");
  it.up = true;
  it.hear(welcome());
  assert.deepEqual(
    it.sent.map(({ client_id, text }) => [client_id, text]),
    [["id-2", "Another one"]],
  );
});

test("who left a message before is not thanked again, and can leave another one", () => {
  const it = begin();
  it.hear(welcome({ service: "message", conversation: { ...active, state: "left" } }));
  assert.deepEqual([it.session.state.dismissed, it.session.state.thanked, it.screen()], ["c1", false, "leave"]);
});

test("a form beside a chat stays while the chat goes on; one in its place gives way to who accepts", () => {
  const it = inChat();
  it.session.left.show(true, true);
  it.hear(entry(3, { what: "accepted", operator: "Bob" }));
  assert.equal(it.session.state.leaving, true);
  it.session.left.show(false);
  assert.deepEqual([it.session.state.leaving, it.session.state.apart], [false, false]);
  it.session.left.show(true);
  it.hear(entry(4, { what: "accepted", operator: "Ann" }));
  assert.equal(it.session.state.leaving, false);
});

test("the form refuses an invitation that is open", () => {
  const it = begin();
  it.hear(welcome(), entry(1, { what: "invited", state: "invited", operator: "Ann" }));
  it.session.left.send(FORM);
  assert.deepEqual(
    it.sent.map(({ t }) => t),
    ["refuse", "leave"],
  );
});

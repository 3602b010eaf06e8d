import assert from "node:assert/strict";
import { test } from "node:test";
import * as outbox from "../../../widget/client/chat/outbox.js";

const AT = "2026-01-01T00:00:00.000Z";
const NOW = Date.parse(AT);
const say = (id, text = id) => ({ t: "say", client_id: id, text });
const holding = (...frames) => frames.reduce((box, frame) => outbox.put(box, frame, AT, "c1"), outbox.EMPTY);
const ids = (frames) => frames.map(({ client_id }) => client_id);

test("what is put in goes out in its order, once", () => {
  const box = outbox.sending(holding(say("a"), say("b")), "a", 0);
  assert.deepEqual(ids(outbox.unsent(box)), ["b"]);
});

test("a lost connection sends again what was on its way, under the same id", () => {
  const box = outbox.lost(outbox.sending(holding(say("a")), "a", 0));
  assert.deepEqual(outbox.unsent(box), [say("a")]);
});

test("what was kept does not go out again after a loss", () => {
  const box = outbox.lost(outbox.keep(outbox.sending(holding(say("a")), "a", 0), "a"));
  assert.deepEqual(outbox.unsent(box), []);
  assert.equal(box.length, 1);
});

test("a refusal stays with its reason until it is tried again as something new", () => {
  const refused = outbox.refuse(holding(say("a")), { t: "error", reason: "ended", client_id: "a" });
  assert.equal(refused[0].state, "refused");
  assert.deepEqual(outbox.unsent(refused), []);
  assert.deepEqual(outbox.unsent(outbox.again(refused, "a", "b")), [{ ...say("a"), client_id: "b" }]);
});

test("busy is no refusal: it goes out again under the same id", () => {
  const box = outbox.refuse(outbox.sending(holding(say("a")), "a", 0), { t: "error", reason: "busy", client_id: "a" });
  assert.deepEqual(outbox.unsent(box), [say("a")]);
});

test("an answer to nothing changes nothing", () => {
  const box = holding(say("a"));
  assert.deepEqual(outbox.drop(box, "x"), box);
  assert.deepEqual(outbox.refuse(box, { t: "error", reason: "ended" }), box);
});

test("only what is on its way can be overdue", () => {
  const box = outbox.sending(holding(say("a"), say("b")), "a", 1_000);
  assert.equal(outbox.overdue(box, 5_000, 10_000), false);
  assert.equal(outbox.overdue(box, 12_000, 10_000), true);
  assert.equal(outbox.overdue(outbox.keep(box, "a"), 12_000, 10_000), false);
});

test("messages to another conversation do not go out; their texts come back", () => {
  const box = outbox.put(holding(say("old", "lost thought")), say("new"), AT, "c2");
  const settled = outbox.settle(box, "c2", NOW);
  assert.deepEqual(ids(outbox.unsent(settled.box)), ["new"]);
  assert.deepEqual(settled.orphans, ["lost thought"]);
});

test("a kept message of another conversation is no lost text", () => {
  assert.deepEqual(outbox.settle(outbox.keep(holding(say("a")), "a"), null, NOW), { box: [], orphans: [] });
});

test("a request is forgotten after ten minutes, a left message never", () => {
  const box = holding({ t: "ask", client_id: "a", mode: "text", name: "" }, { t: "leave", client_id: "l", email: "", text: "", name: "", subject: "" });
  assert.deepEqual(ids(outbox.unsent(outbox.settle(box, null, NOW + 60_000).box)), ["a", "l"]);
  assert.deepEqual(ids(outbox.unsent(outbox.settle(box, null, NOW + 601_000).box)), ["l"]);
});

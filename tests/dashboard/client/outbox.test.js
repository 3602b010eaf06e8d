import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { Outbox } from "../../../dashboard/client/chat/outbox.js";
import { shelf } from "./page.js";

const DONE = { outcome: "done" };
const refused = (reason) => ({ outcome: "refused", reason });
const turns = async () => {
  for (let n = 0; n < 20; n += 1) await null;
};

let store = shelf();

/** An outbox whose messages are answered by hand, in their order. */
function box() {
  const asked = [];
  const told = { refused: [] };
  const send = (item) => new Promise((resolve) => asked.push({ item: { ...item }, resolve }));
  const outbox = new Outbox("c1", send, { changed: () => {}, refused: (item, { reason }) => told.refused.push([item.text, reason]) }, store);
  const answer = async (outcome) => {
    asked.shift().resolve(outcome);
    await turns();
  };
  return { outbox, asked, told, answer, texts: () => asked.map(({ item }) => item.text) };
}

beforeEach(() => {
  store = shelf();
  mock.timers.enable({ apis: ["setTimeout"] });
});
afterEach(() => {
  mock.timers.reset();
});

test("one message at a time is on its way, in their order", async () => {
  const { outbox, answer, texts } = box();
  outbox.add("one");
  outbox.add("two");
  assert.deepEqual(texts(), ["one"]);
  await answer(DONE);
  assert.deepEqual(texts(), ["two"]);
  assert.deepEqual(
    outbox.items.map(({ sent }) => sent),
    [true, false],
  );
});

test("one that main cannot take now is asked again under the same id", async () => {
  const { outbox, asked, answer } = box();
  outbox.add("one");
  const { client_id } = asked[0].item;
  await answer(refused("disconnected"));
  assert.equal(asked.length, 0);
  mock.timers.tick(1_000);
  await turns();
  assert.equal(asked[0].item.client_id, client_id);
});

test("one without an answer is asked again, too", async () => {
  const { outbox, asked } = box();
  outbox.add("one");
  mock.timers.tick(20_000);
  await turns();
  assert.equal(asked.length, 2);
  assert.equal(asked[0].item.client_id, asked[1].item.client_id);
});

test("a refused one is told of and stands in nobody's way", async () => {
  const { outbox, answer, told, texts } = box();
  outbox.add("one");
  outbox.add("two");
  await answer(refused("too-long"));
  assert.deepEqual(told.refused, [["one", "too-long"]]);
  assert.deepEqual(texts(), ["two"]);
});

test("what has arrived is on its way no more", async () => {
  const { outbox, asked, answer } = box();
  outbox.add("one");
  const { client_id } = asked[0].item;
  await answer(DONE);
  outbox.arrived(client_id);
  assert.deepEqual(outbox.items, []);
});

test("after a reload what was not acked is sent again, and what was acked is not", async () => {
  const before = box();
  before.outbox.add("one");
  before.outbox.add("two");
  const ids = before.outbox.items.map(({ client_id }) => client_id);
  await before.answer(DONE);
  const after = box();
  assert.deepEqual(after.texts(), ["two"]);
  assert.deepEqual(
    after.outbox.items.map(({ client_id }) => client_id),
    ids,
  );
});

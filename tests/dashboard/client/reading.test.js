import assert from "node:assert/strict";
import { test } from "node:test";
import { Reading } from "../../../dashboard/client/chat/reading.js";
import { shelf } from "./page.js";

const entry = (number, more = {}) => ({ number, what: "message", author: "visitor", state: "active", ...more });

/** A conversation with two messages of the visitor's and our answer between them. */
function read(store = shelf()) {
  const reading = new Reading("c1", store);
  for (const one of [entry(1, { what: "accepted", author: undefined }), entry(2), entry(3, { author: "operator" }), entry(4)]) reading.take(one);
  return reading;
}

test("an entry that is there already is none, and changes no state", () => {
  const reading = read();
  assert.equal(reading.take(entry(5, { what: "ended", state: "ended" })), true);
  assert.equal(reading.take(entry(4)), false);
  assert.deepEqual([reading.last, reading.state, reading.unread], [5, "ended", 2]);
});

test("only what the visitor writes is unread, until all of it was in sight", () => {
  const reading = read();
  assert.equal(reading.unread, 2);
  assert.equal(reading.seen(), true);
  assert.equal(reading.unread, 0);
  assert.equal(reading.seen(), false);
  reading.take(entry(5));
  assert.equal(reading.unread, 1);
});

test("what was in sight is read after a reload, too, and in this conversation alone", () => {
  const store = shelf();
  read(store).seen();
  assert.equal(read(store).unread, 0);
  assert.equal(new Reading("c2", store).read, 0);
});

test("the visitor is told once up to which message", () => {
  const reading = read();
  assert.equal(reading.untold, 4);
  reading.tell(4);
  assert.equal(reading.untold, 0);
  reading.take(entry(5, { author: "operator" }));
  assert.equal(reading.untold, 0);
  reading.take(entry(6));
  assert.equal(reading.untold, 6);
});

test("what did not get through is to be told again, unless another tab has meanwhile", () => {
  const reading = read();
  reading.tell(4)();
  assert.equal(reading.untold, 4);
  reading.saw(4);
  assert.deepEqual([reading.untold, reading.unread], [0, 0]);
});

test("what another tab has seen goes no step back", () => {
  const reading = read();
  reading.seen();
  reading.saw(2);
  assert.deepEqual([reading.read, reading.told], [4, 2]);
});

test("where one left off is the first message that was not read", () => {
  const reading = read();
  assert.equal(reading.firstUnread, 2);
  reading.saw(2);
  assert.equal(reading.firstUnread, 4);
  reading.seen();
  assert.equal(reading.firstUnread, null);
});

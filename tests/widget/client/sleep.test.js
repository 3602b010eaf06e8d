import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

const listeners = new Map();
globalThis.addEventListener = (name, run) => listeners.set(name, run);
const { sleep } = await import("../../../widget/client/page/sleep.js");

beforeEach(() => mock.timers.enable({ apis: ["setTimeout", "Date"] }));
afterEach(() => mock.timers.reset());

test("a page sleeps after a while without any sign, and wakes with the first one", () => {
  const turns = [];
  const it = sleep(() => turns.push(it.asleep));
  it.look();
  mock.timers.tick(3_600_000);
  assert.deepEqual(turns, []); // nobody has said yet how long a while is
  listeners.get("keydown")();
  it.after = 10_000;
  it.look();
  mock.timers.tick(9_000);
  listeners.get("pointermove")();
  mock.timers.tick(9_000);
  assert.deepEqual(turns, []);
  mock.timers.tick(1_000);
  assert.deepEqual(turns, [true]);
  mock.timers.tick(60_000);
  assert.deepEqual(turns, [true]);
  listeners.get("touchstart")();
  assert.deepEqual(turns, [true, false]);
  mock.timers.tick(10_000);
  assert.deepEqual(turns, [true, false, true]);
});

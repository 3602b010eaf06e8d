import assert from "node:assert/strict";
import { test } from "node:test";
import { ServerClock } from "../../../dashboard/client/shell/server_clock.js";

/** A computer whose time is ten minutes ahead, and a steady clock that the test turns. */
function computer() {
  const hands = { steady: 0, own: 1_600_000 };
  return {
    hands,
    clock: new ServerClock(
      () => hands.steady,
      () => hands.own,
    ),
  };
}

test("this computer's time is taken until the server has said its own", () => {
  const { hands, clock } = computer();
  assert.equal(clock.now(), 1_600_000);
  clock.hear(1_000_000, 0);
  assert.equal(clock.now(), 1_000_000);
  hands.steady = 5_000;
  hands.own = 99; // somebody sets it
  assert.equal(clock.now(), 1_005_000);
});

test("of an answer half the way there and back has passed", () => {
  const { hands, clock } = computer();
  hands.steady = 400;
  clock.hear(1_000_000, 200);
  assert.equal(clock.now(), 1_000_100);
});

test("a slow answer does not spoil what a quick one told", () => {
  const { hands, clock } = computer();
  clock.hear(1_000_000, 0);
  hands.steady = 4_000;
  clock.hear(1_003_900, 0); // it may be anything up to 2 s more
  assert.equal(clock.now(), 1_004_000);
});

test("an answer that cannot be right with what was told is believed: the computer slept, or the server's time was set", () => {
  const { hands, clock } = computer();
  clock.hear(1_000_000, 0);
  hands.steady = 4_000;
  clock.hear(1_900_000, 3_990);
  assert.equal(clock.now(), 1_900_005);
});

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { Bell } from "../../../dashboard/client/shell/bell.js";

/** A browser's sound, which may begin with a gesture. */
class Sound extends EventTarget {
  state = "suspended";
  currentTime = 0;
  destination = {};
  tones = 0;
  resume() {
    this.state = "running";
    this.dispatchEvent(new Event("statechange"));
  }
  createOscillator() {
    this.tones += 1;
    return { frequency: {}, connect: (/** @type {unknown} */ to) => to, start() {}, stop() {} };
  }
  createGain() {
    const gain = { setValueAtTime() {}, linearRampToValueAtTime() {}, exponentialRampToValueAtTime() {} };
    return { gain, connect: (/** @type {unknown} */ to) => to };
  }
}

beforeEach(() => {
  globalThis.AudioContext = Sound;
  mock.timers.enable({ apis: ["setInterval", "setTimeout"] });
});
afterEach(() => {
  mock.timers.reset();
  delete globalThis.AudioContext;
});

test("it rings again and again until it is told to stop", () => {
  const bell = new Bell();
  bell.wake();
  bell.ring(true);
  bell.ring(true);
  assert.equal(bell.beeps, 1);
  mock.timers.tick(6_000);
  assert.equal(bell.beeps, 3);
  bell.ring(false);
  mock.timers.tick(6_000);
  assert.deepEqual([bell.beeps, bell.ringing, bell.context.tones], [3, false, 6]);
});

test("what rings before the first gesture sounds with it", () => {
  const [bell, page] = [new Bell(), new EventTarget()];
  bell.listen(page);
  bell.ring(true);
  assert.deepEqual([bell.audible, bell.beeps], [false, 0]);
  page.dispatchEvent(new Event("keydown"));
  assert.deepEqual([bell.audible, bell.beeps], [true, 1]);
  bell.ring(false);
});

test("whoever asks hears of each sound", () => {
  const bell = new Bell();
  const heard = [];
  bell.played = (beeps) => heard.push(beeps);
  assert.equal(bell.beep(), false);
  bell.wake();
  assert.equal(bell.beep(), true);
  assert.deepEqual(heard, [1]);
});

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { Bell } from "../../../dashboard/client/shell/bell.js";

/** A browser's sound, which may begin with a gesture. */
class Sound extends EventTarget {
  static made = 0;
  state = "suspended";
  currentTime = 0;
  destination = {};
  tones = 0;
  constructor() {
    super();
    Sound.made += 1;
  }
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

/** As on an insecure page, where nobody can be asked for devices. @param {unknown} mediaDevices */
const devices = (mediaDevices) => Object.defineProperty(globalThis, "navigator", { value: { mediaDevices }, configurable: true });

beforeEach(() => {
  Sound.made = 0;
  devices(undefined);
  globalThis.AudioContext = Sound;
  mock.timers.enable({ apis: ["setInterval", "setTimeout"] });
});
afterEach(() => {
  mock.timers.reset();
  delete globalThis.AudioContext;
});

test("it rings again and again until it is told to stop", async () => {
  const bell = new Bell();
  bell.wake();
  await bell.making;
  bell.ring(true);
  bell.ring(true);
  assert.equal(bell.beeps, 1);
  mock.timers.tick(6_000);
  assert.equal(bell.beeps, 3);
  bell.ring(false);
  mock.timers.tick(6_000);
  assert.deepEqual([bell.beeps, bell.ringing, bell.context.tones], [3, false, 6]);
});

test("what rings before the first gesture sounds with it", async () => {
  const [bell, page] = [new Bell(), new EventTarget()];
  bell.listen(page);
  bell.ring(true);
  assert.deepEqual([bell.audible, bell.beeps], [false, 0]);
  page.dispatchEvent(new Event("keydown"));
  await bell.making;
  assert.deepEqual([bell.audible, bell.beeps], [true, 1]);
  bell.ring(false);
});

test("whoever asks hears of each sound", async () => {
  const bell = new Bell();
  const heard = [];
  bell.played = (beeps) => heard.push(beeps);
  assert.equal(bell.beep(), false);
  bell.wake();
  await bell.making;
  assert.equal(bell.beep(), true);
  assert.deepEqual(heard, [1]);
});

test("a gesture does not wait for the browser's sound", async () => {
  let ready = () => {};
  devices({ enumerateDevices: () => new Promise((resolve) => (ready = () => resolve([]))) });
  const bell = new Bell();
  bell.ring(true);
  bell.wake();
  bell.wake();
  assert.deepEqual([Sound.made, bell.audible], [0, false]);
  ready();
  await bell.making;
  assert.deepEqual([Sound.made, bell.audible, bell.beeps], [1, true, 1]);
  bell.ring(false);
});

test("who may not see the devices, or is never told, has the sound all the same", async () => {
  devices({ enumerateDevices: () => Promise.reject(new Error("no")) });
  const refused = new Bell();
  refused.wake();
  await refused.making;
  assert.equal(refused.audible, true);
  devices({ enumerateDevices: () => new Promise(() => {}) });
  const silent = new Bell();
  silent.wake();
  await Promise.resolve();
  mock.timers.tick(1_000);
  await silent.making;
  assert.equal(silent.audible, true);
});

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";

let made = 0;
let tones = 0;
const parameter = { setValueAtTime() {}, linearRampToValueAtTime() {}, exponentialRampToValueAtTime() {} };

/** A browser's sound. */
class Sound {
  state = "suspended";
  currentTime = 0;
  constructor() {
    made += 1;
  }
  async resume() {
    this.state = "running";
  }
  createOscillator() {
    tones += 1;
    return { frequency: {}, connect: (/** @type {unknown} */ to) => to, start() {}, stop() {} };
  }
  createGain() {
    return { gain: parameter, connect: (/** @type {unknown} */ to) => to };
  }
}

/** @param {unknown} mediaDevices what a page may ask for devices */
async function page(mediaDevices) {
  const window = new EventTarget();
  Object.defineProperty(globalThis, "navigator", { value: { mediaDevices }, configurable: true });
  globalThis.addEventListener = window.addEventListener.bind(window);
  const { chime, listen } = await import(`../../../widget/client/chat/chime.js?${Math.random()}`);
  listen();
  return { chime, touch: () => window.dispatchEvent(new Event("pointerdown")) };
}

beforeEach(() => {
  [made, tones] = [0, 0];
  globalThis.AudioContext = /** @type {any} */ (Sound);
});
afterEach(() => {
  for (const name of ["AudioContext", "addEventListener"]) Reflect.deleteProperty(globalThis, name);
});

test("two notes, once somebody has touched the page", async () => {
  const { chime, touch } = await page(undefined);
  chime();
  assert.equal(tones, 0);
  touch();
  await turn();
  chime();
  assert.deepEqual([made, tones], [1, 2]);
});

test("a touch does not wait for the browser's sound", async () => {
  let ready = () => {};
  const { chime, touch } = await page({ enumerateDevices: () => new Promise((resolve) => (ready = () => resolve([]))) });
  touch();
  touch();
  chime();
  assert.deepEqual([made, tones], [0, 0]);
  ready();
  await turn();
  chime();
  assert.deepEqual([made, tones], [1, 2]);
});

test("a page that may not see the devices chimes all the same", async () => {
  const { chime, touch } = await page({ enumerateDevices: () => Promise.reject(new Error("no")) });
  touch();
  await turn();
  chime();
  assert.equal(tones, 2);
});

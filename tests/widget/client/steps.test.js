// A step within a page is told once; a fragment is none.
import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { steps } from "../../../widget/client/page/steps.js";

/** @type {string[]} */
let told;
/** @type {() => void} */
let popped;

beforeEach(() => {
  told = [];
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  const location = { href: "http://shop.test/" };
  const go = (/** @type {unknown} */ _state, /** @type {string} */ _title, /** @type {string} */ url) => (location.href = new URL(url, location.href).href);
  Object.assign(globalThis, {
    location,
    history: { pushState: go, replaceState: go },
    addEventListener: (/** @type {string} */ _name, /** @type {() => void} */ heard) => (popped = heard),
  });
  steps(
    () => told.push(location.href),
    () => location.href.split("#")[0] ?? "",
  );
});

test("a pushed and a replaced address are told, a little later", () => {
  history.pushState(null, "", "/cart");
  assert.deepEqual(told, []);
  mock.timers.tick(50);
  history.replaceState(null, "", "/help");
  mock.timers.tick(50);
  assert.deepEqual(told, ["http://shop.test/cart", "http://shop.test/help"]);
});

test("a fragment and the same address again are no step", () => {
  history.pushState(null, "", "#top");
  history.pushState(null, "", "/");
  mock.timers.tick(50);
  assert.deepEqual(told, []);
});

test("going back is a step", () => {
  location.href = "http://shop.test/back";
  popped();
  mock.timers.tick(50);
  assert.deepEqual(told, ["http://shop.test/back"]);
});

test("two steps at once are told as where they ended", () => {
  history.pushState(null, "", "/a");
  history.pushState(null, "", "/b");
  mock.timers.tick(50);
  assert.deepEqual(told, ["http://shop.test/b"]);
});

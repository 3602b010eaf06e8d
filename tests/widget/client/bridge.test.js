import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { bridge } from "../../../widget/client/chat/bridge.js";

const SHOP = "https://shop.test";
const around = { posted: [] };
let hear = () => {};

beforeEach(() => {
  around.posted = [];
  globalThis.parent = { postMessage: (letter, origin) => around.posted.push([letter, origin]) };
  globalThis.addEventListener = (kind, listener) => {
    assert.equal(kind, "message");
    hear = (data, { origin = SHOP, source = globalThis.parent } = {}) => listener({ data, origin, source });
  };
});
afterEach(() => {
  delete globalThis.parent;
  delete globalThis.addEventListener;
});

const letter = (kind) => ({ parlour: 1, t: kind });

test("only the page around the window is heard, and only if it is one of the site's origins", () => {
  const heard = [];
  bridge([SHOP], { keep: (one) => heard.push(one.t) });
  hear(letter("keep"), { origin: "https://evil.test" });
  hear(letter("keep"), { source: {} });
  hear({ t: "keep" });
  hear(letter("no-such-letter"));
  assert.deepEqual(heard, []);
  hear(letter("keep"));
  assert.deepEqual(heard, ["keep"]);
});

test("nothing is written before the page has written, and then to its origin alone", () => {
  const write = bridge([SHOP, "https://other.test"], { keep: () => {} });
  write({ t: "close" });
  assert.deepEqual(around.posted, []);
  hear(letter("keep"), { origin: "https://other.test" });
  write({ t: "close" });
  assert.deepEqual(around.posted, [[{ parlour: 1, t: "close" }, "https://other.test"]]);
});

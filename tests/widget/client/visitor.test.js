import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { Visitor } from "../../../widget/client/page/visitor.js";

let kept = new Map();

beforeEach(() => {
  kept = new Map();
  globalThis.localStorage = {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, text) => kept.set(name, text),
    removeItem: (name) => kept.delete(name),
  };
});
afterEach(() => delete globalThis.localStorage);

test("before consent nothing is kept, with it what is known and what comes", () => {
  const visitor = new Visitor();
  visitor.set("v1");
  assert.deepEqual([...kept], []);
  visitor.consent();
  assert.deepEqual([...kept.values()], ["v1"]);
  visitor.set("v2");
  assert.deepEqual([...kept.values()], ["v2"]);
});

test("a key that was kept before wins", () => {
  new Visitor().consent();
  assert.equal(kept.size, 0); // there was none to keep
  const before = new Visitor();
  before.consent();
  before.set("v1");
  const again = new Visitor();
  again.set("v2");
  again.consent();
  assert.equal(again.key, "v1");
});

test("who is forgotten leaves nothing behind, and nothing more is kept", () => {
  const visitor = new Visitor();
  visitor.consent();
  visitor.set("v1");
  visitor.forget();
  visitor.set("v2");
  assert.deepEqual([[...kept], visitor.key], [[], "v2"]);
});

test("a browser that blocks its storage lets the key live as long as the page", () => {
  const blocked = () => {
    throw new Error("SecurityError");
  };
  globalThis.localStorage = { getItem: blocked, setItem: blocked, removeItem: blocked };
  const visitor = new Visitor();
  visitor.set("v1");
  visitor.consent();
  visitor.forget();
  assert.equal(visitor.key, "v1");
});

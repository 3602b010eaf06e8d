import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { fresh } from "../../../widget/client/chat/ids.js";
import { broken, length } from "../../../widget/client/chat/limits.js";

afterEach(() => delete crypto.randomUUID); // that of its class is there again

test("a text has as many characters as the server counts", () => {
  assert.deepEqual(["", "abc", "😀😀", "é"].map(length), [0, 3, 2, 1]);
});

test("half a character is broken, a whole one is not", () => {
  assert.deepEqual(["\ud83d", "a\ude00b", "😀", "a"].map(broken), [true, true, false, false]);
});

test("an id is nobody else's, with and without what only pages with TLS have", () => {
  assert.match(fresh(), /^[0-9a-f-]{36}$/);
  Object.defineProperty(crypto, "randomUUID", { configurable: true, value: undefined });
  const [one, other] = [fresh(), fresh()];
  assert.match(one, /^[0-9a-f]{32}$/);
  assert.notEqual(one, other);
});

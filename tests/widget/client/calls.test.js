// The calls that sites are promised, in the three places that must agree: the types, the loader, and what serves them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const read = (name) => readFileSync(new URL(`../../../widget/client/${name}`, import.meta.url), "utf8");
const types = read("parlour.d.ts");
const part = (name) => types.slice(types.indexOf(`interface ${name} {`), types.indexOf("\n}", types.indexOf(`interface ${name} {`)));

test("each call of the types is there before and after the rest has loaded", () => {
  const promised = [...part("Calls").matchAll(/^ {2}(\w+)[(<]/gm)].map(([, name]) => name);
  const [, loaded] = /"([a-z ]+)"\.split/.exec(read("loader.js"));
  assert.ok(promised.length > 8);
  assert.deepEqual(promised.toSorted(), loaded.split(" ").toSorted());
  const served = read("page/sdk.js");
  const missing = promised.filter((name) => name !== "consent" && !new RegExp(`^ {4}${name}[(:]`, "m").test(served));
  assert.deepEqual(missing, []);
});

test("each event of the types can be listened to", () => {
  const promised = [...part("Events").matchAll(/^ {2}(\w+):/gm)].map(([, name]) => name);
  const [, events] = /EVENTS = \[(.+?)\]/.exec(read("page/wrong_calls.js"));
  assert.deepEqual(promised.toSorted(), JSON.parse(`[${events}]`).toSorted());
});

// What is committed in widget/built is what the sources make with the locked esbuild, to the byte.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { BUILT, bundles } from "../../../widget/bundle.mjs";

test("the bundles are those of the sources: else run `make bundle`", async () => {
  const made = await bundles();
  assert.deepEqual(readdirSync(BUILT).sort(), made.map(([name]) => name).sort());
  for (const [name, bytes] of made) assert.ok(readFileSync(new URL(name, BUILT)).equals(bytes), name);
});

test("no source map, and nothing of the sources' comments", () => {
  for (const name of readdirSync(BUILT)) assert.doesNotMatch(readFileSync(new URL(name, BUILT), "utf8"), /sourceMappingURL|@param|\/\*/, name);
});

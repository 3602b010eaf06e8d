import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { matches } from "../../../widget/client/wire/origins.js";

const cases = JSON.parse(await readFile(new URL("../origins.json", import.meta.url), "utf8"));

test("an origin is one of a site's as the server says, wildcards included", () => {
  assert.ok(cases.length > 20);
  for (const [origin, listed, is] of cases) assert.equal(matches(origin, listed), is, `${origin} in ${listed}`);
});

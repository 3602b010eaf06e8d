import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { Shown } from "../../../dashboard/client/shell/shown.js";

const HOUSE = new URL("../../../dashboard/", import.meta.url);

/** A clock that stands until it is set. */
function clock() {
  const hands = { ms: 1_000_000 };
  return { hands, shown: new Shown(() => hands.ms) };
}

test("what is shown is now, until a moment of the past is", () => {
  const { hands, shown } = clock();
  hands.ms += 5_000;
  assert.equal(shown.now(), 1_005_000);
});

test("the past goes on from its moment at its speed, or stands", () => {
  const { hands, shown } = clock();
  shown.rewind(60_000, 60);
  assert.equal(shown.now(), 60_000);
  hands.ms += 2_000;
  assert.equal(shown.now(), 180_000);
  shown.rewind(60_000, 0);
  hands.ms += 2_000;
  assert.equal(shown.now(), 60_000);
});

test("back from the past it is now again", () => {
  const { hands, shown } = clock();
  shown.rewind(60_000, 60);
  hands.ms += 2_000;
  shown.live();
  assert.equal(shown.now(), 1_002_000);
});

// Who asks the browser for the time itself, and why that is not the time that is shown.
const OWN = {
  "client/shell/time.js": "gives it to the server's clock, while nothing is known of that",
  "client/chat/outbox.js": "when a message was written",
  "client/reports/address.js": "the days that a report is offered for",
};

test("whatever is shown asks the shown clock for the time", () => {
  const scripts = readdirSync(HOUSE, { recursive: true }).filter((name) => name.endsWith(".js"));
  const asking = scripts.filter((name) => /Date\.now|new Date\(\)/.test(readFileSync(new URL(name, HOUSE), "utf8")));
  assert.deepEqual(asking.sort(), Object.keys(OWN).sort());
});

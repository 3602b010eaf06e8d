import assert from "node:assert/strict";
import { test } from "node:test";
import { goesOn, sameDay } from "../../../dashboard/client/chat/following.js";

const said = (at, more = {}) => ({ what: "message", at, author: "visitor", visitor: "Vera", ...more });
const first = said("2026-03-02T09:00:00");

test("a message goes on with the one before by the same within two minutes, else it is named anew", () => {
  assert.equal(goesOn(first, said("2026-03-02T09:00:50")), true);
  assert.equal(goesOn(first, said("2026-03-02T09:01:59")), true);
  assert.equal(goesOn(first, said("2026-03-02T09:02:00")), false);
  assert.equal(goesOn(null, first), false);
});

test("another author, another operator, another name or a line of the house between begins anew", () => {
  const soon = "2026-03-02T09:00:10";
  const ann = said("2026-03-02T09:00:05", { author: "operator", operator: "Ann", visitor: undefined });
  for (const other of [ann, said(soon, { visitor: "Vera Berger" }), said(soon, { visitor: undefined }), said(soon, { what: "held" })])
    assert.equal(goesOn(first, other), false);
  assert.equal(goesOn(ann, { ...ann, at: soon }), true);
  assert.equal(goesOn(ann, { ...ann, at: soon, operator: "Bob" }), false);
  assert.equal(goesOn(ann, { ...ann, at: soon, visitor: "Vera" }), true); // whatever the visitor is called meanwhile
  assert.equal(goesOn({ ...first, what: "held" }, said(soon)), false);
});

test("a day ends at midnight where it is read, however close the two are", () => {
  assert.equal(sameDay("2026-03-02T00:00:00", "2026-03-02T23:59:59"), true);
  assert.equal(sameDay("2026-03-02T23:59:59", "2026-03-03T00:00:01"), false);
  assert.equal(sameDay("2026-03-02T12:00:00", "2025-03-02T12:00:00"), false);
  assert.equal(goesOn(said("2026-03-02T23:59:50"), said("2026-03-03T00:00:10")), false);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { hueOf, initialOf } from "../../../dashboard/client/people/initial.js";

test("the initial is the name's first sign, whole, or what tells who has no name from others", () => {
  const names = ["vera", " Ümit", "éva", "👩‍👩‍👧 family", "ßeta", "李雷", "", "  ", null];
  assert.deepEqual(
    names.map((name) => initialOf(name, "84F2")),
    ["V", "Ü", "É", "👩‍👩‍👧", "SS", "李", "F2", "F2", "F2"],
  );
});

test("a person's colour is always the same, one of six, and people have all of them", () => {
  const ids = Array.from({ length: 200 }, (_, n) => `0199c8a1-7d1e-7c3a-9b1f-${String(n * 7_919).padStart(12, "0")}`);
  const hues = ids.map(hueOf);
  assert.deepEqual(ids.map(hueOf), hues);
  assert.deepEqual([...new Set(hues)].sort(), [1, 2, 3, 4, 5, 6]);
});

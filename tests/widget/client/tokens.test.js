// The tokens keep their promises: readable in light and dark, and both ways into dark give the same colours.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const css = readFileSync(new URL("../../../engine/look/tokens.css", import.meta.url), "utf8");

/** @param {string} selector @returns {Record<string, string>} */
function block(selector) {
  const start = css.indexOf("{", css.indexOf(selector)) + 1;
  const body = css.slice(start, css.indexOf("}", start));
  return Object.fromEntries([...body.matchAll(/(--p-[\w-]+):\s*([^;]+);/g)].map((m) => [m[1], m[2]]));
}

/** @param {string} hex */
function luminance(hex) {
  const [r, g, b] = [1, 3, 5].map((i) => {
    const c = Number.parseInt(hex.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** @param {string} a @param {string} b */
function contrast(a, b) {
  const [hi, lo] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (hi + 0.05) / (lo + 0.05);
}

const light = block('[data-theme="light"] {');
const dark = block('\n[data-theme="dark"] {');
const meanings = ["waiting", "waiting-2", "waiting-3", "chat", "voice", "problem", "past"];
const people = [1, 2, 3, 4, 5, 6].map((n) => `person-${n}`);
const texts = [
  ...["ground", "surface", "surface-2", "hover"].flatMap((ground) => [
    ["ink", ground],
    ["ink-2", ground],
  ]),
  ["accent-text", "surface"],
  ["accent-text", "ground"],
  ["accent-text", "accent-soft"],
  ["ink", "accent-soft"],
  ["on-accent", "accent"],
  ["on-accent", "accent-hover"],
  ...people.map((one) => [one, `${one}-soft`]),
  ...meanings.flatMap((m) => [
    [m, `${m}-soft`],
    [m, "surface"],
    [m, "ground"],
    ["ink", `${m}-soft`],
  ]),
];
const controls = [
  ["line-strong", "surface"],
  ["line-strong", "ground"],
  ["line-strong", "surface-2"],
  ["focus", "surface"],
  ["accent", "ground"],
];

for (const [theme, colours] of Object.entries({ light, dark })) {
  test(`text reads at 4.5 and controls at 3 in ${theme}`, () => {
    const weak = [...texts.map(([a, b]) => [a, b, 4.5]), ...controls.map(([a, b]) => [a, b, 3])].filter(
      ([a, b, least]) => contrast(colours[`--p-${a}`], colours[`--p-${b}`]) < least,
    );
    assert.deepEqual(weak, []);
  });
}

test("dark by the system and dark by choice are the same", () => {
  assert.deepEqual(block(':root:not([data-theme="light"])'), dark);
  assert.deepEqual(Object.keys(dark), Object.keys(light));
});

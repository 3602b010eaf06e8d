// The launcher's few colours are the tokens'. How much a browser loads is measured by tests/widget/test_size.py.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as frameStyle from "../../../widget/client/page/frame_style.js";
import * as style from "../../../widget/client/page/style.js";

const LOOK = new URL("../../../engine/look/", import.meta.url);

test("the page's own colours are those of the tokens", () => {
  const css = readFileSync(new URL("tokens.css", LOOK), "utf8");
  const names = { a: "accent", ah: "accent-hover", oa: "on-accent", s: "surface", l: "line", p: "problem", i: "ink" };
  const tokens = (selector) => {
    const start = css.indexOf(selector);
    return Object.fromEntries([...css.slice(start, css.indexOf("}", start)).matchAll(/--p-([\w-]+): (.+?);/g)].map((m) => [m[1], m[2]]));
  };
  for (const [theme, selector] of [
    ["LIGHT", '[data-theme="light"] {'],
    ["DARK", '\n[data-theme="dark"] {'],
  ]) {
    const wanted = tokens(selector);
    for (const pair of `${style[theme]};${frameStyle[theme]}`.split(";")) {
      const [name, value] = pair.split(":");
      assert.equal(value, wanted[names[name.slice(2)]], `${theme} ${name}`);
    }
  }
});

// What a visitor's browser loads, and that the launcher's few colours are the tokens'.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import * as frameStyle from "../../../widget/client/page/frame_style.js";
import * as style from "../../../widget/client/page/style.js";

const CLIENT = new URL("../../../widget/client/", import.meta.url);
const LOOK = new URL("../../../engine/look/", import.meta.url);
const KB = 1024;

/** A module and all it imports, not counting what it imports later. @returns {Set<string>} */
function graph(url, seen = new Set()) {
  if (seen.has(url.href)) return seen;
  seen.add(url.href);
  for (const [, path] of readFileSync(url, "utf8").matchAll(/^import [^;]*?from "(.+?)";/gms)) graph(new URL(path, url), seen);
  return seen;
}

const size = (...texts) => texts.reduce((sum, text) => sum + gzipSync(text, { level: 6 }).length, 0);
const files = (urls) => [...urls].map((url) => readFileSync(new URL(url)));
const page = graph(new URL("page/start.js", CLIENT));
const texts = JSON.parse(readFileSync(new URL("en/widget.json", LOOK), "utf8"));

test("before the click: at most 5 KB", () => {
  const words = Object.fromEntries(Object.entries(texts).filter(([key]) => key.startsWith("launcher")));
  const bytes = size(readFileSync(new URL("loader.js", CLIENT)), ...files(page), JSON.stringify(words));
  assert.ok(bytes <= 5 * KB, `${bytes} bytes`);
});

test("the chat on first open: at most 40 KB", () => {
  const modules = new Set([...graph(new URL("page/frame.js", CLIENT)), ...graph(new URL("chat/main.js", CLIENT))]);
  const rest = [new URL("chat.html", CLIENT), new URL("chat/chat.css", CLIENT), new URL("tokens.css", LOOK), new URL("en/widget.json", LOOK)];
  const bytes = size(...files(modules), ...files(rest));
  assert.ok(bytes <= 40 * KB, `${bytes} bytes`);
});

test("the page's own colours are those of the tokens", () => {
  const css = readFileSync(new URL("tokens.css", LOOK), "utf8");
  const names = { a: "accent", ah: "accent-hover", oa: "on-accent", s: "surface", l: "line", p: "problem" };
  const tokens = (selector) => {
    const start = css.indexOf(selector);
    return Object.fromEntries([...css.slice(start, css.indexOf("}", start)).matchAll(/--p-([\w-]+): (.+?);/g)].map((m) => [m[1], m[2]]));
  };
  for (const [theme, selector] of [["LIGHT", '[data-theme="light"] {'], ["DARK", '\n[data-theme="dark"] {']]) {
    const wanted = tokens(selector);
    for (const pair of `${style[theme]};${frameStyle[theme]}`.split(";")) {
      const [name, value] = pair.split(":");
      assert.equal(value, wanted[names[name.slice(2)]], `${theme} ${name}`);
    }
  }
});

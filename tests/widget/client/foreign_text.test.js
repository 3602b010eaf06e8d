// What others wrote: links, letters between the windows, and the ways text may reach a page.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { safeHref } from "../../../widget/client/chat/links.js";
import { TO_CHAT, TO_PAGE, read } from "../../../widget/client/wire/letters.js";

const CLIENT = new URL("../../../widget/client/", import.meta.url);
const sources = readdirSync(CLIENT, { recursive: true }).filter((name) => name.endsWith(".js"));
const source = (name) => readFileSync(new URL(name, CLIENT), "utf8");

test("only web and mail addresses are links", () => {
  for (const good of ["https://a.example/x?y#z", "http://a.example", "mailto:a@b.example", "HTTPS://A.EXAMPLE"]) assert.equal(safeHref(good), good);
  for (const bad of [
    "javascript:alert(1)",
    " javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "file:///etc",
    "blob:https://a",
    "/relative",
    "//a.example",
    "https://",
    "",
    undefined,
  ]) {
    assert.equal(safeHref(bad), null, String(bad));
  }
});

test("a letter of another shape is none", () => {
  assert.ok(read({ parlour: 1, t: "ready", open: true }, TO_PAGE));
  assert.ok(read({ parlour: 1, t: "hello", visitor: "", keep: false, live: true }, TO_CHAT));
  const bad = [
    null,
    "ready",
    1,
    [],
    {},
    { t: "ready", open: true },
    { parlour: 1, t: "ready" },
    { parlour: 1, t: "ready", open: "yes" },
    { parlour: 1, t: "toString" },
    { parlour: 1, t: "__proto__" },
    { parlour: 1, t: ["ready"], open: 1 },
    { parlour: 2, t: "close" },
  ];
  for (const letter of bad) assert.equal(read(letter, TO_PAGE), null, JSON.stringify(letter));
});

test("nothing in the client makes HTML or code of a string", () => {
  const banned =
    /\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser|setHTMLUnsafe|eval\(|new Function|srcdoc)\b|setAttribute\(\s*["'](on|style)/;
  assert.deepEqual(
    sources.filter((name) => banned.test(source(name))),
    [],
  );
});

test("letters go to and come from named origins only", () => {
  const open = sources.filter((name) => /postMessage\([^)]*["']\*["']/s.test(source(name)));
  assert.deepEqual(open, []);
  for (const name of ["page/frame.js", "chat/bridge.js"]) assert.match(source(name), /event\.origin/);
});

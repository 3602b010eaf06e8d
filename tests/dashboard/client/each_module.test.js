// Each client module without a document has a node test: one that, with all it imports, names nothing a browser alone has
// is imported by a test, or a test bears its name.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const ROOT = new URL("../../../", import.meta.url);
const ROOMS = ["dashboard/client/", "dashboard/components/", "widget/client/"];
const TESTS = ["tests/dashboard/client/", "tests/widget/client/"];
const SERVED = "/app/static/parlour/"; // where a component finds dashboard/client
const BROWSER = /\b(document|window|[A-Z]\w*Element|CSSStyleSheet|AudioContext|Notification|matchMedia|\w+Observer|requestAnimationFrame|location|history)\b/;

const read = (file) => readFileSync(file, "utf8");
const scripts = (rooms) =>
  rooms.flatMap((room) =>
    readdirSync(new URL(room, ROOT), { recursive: true })
      .filter((name) => name.endsWith(".js"))
      .map((name) => new URL(room + name, ROOT).href),
  );

/** Without its comments. */
const code = (text) => text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "$1");

/** The modules that a text imports. */
const imported = (text, from) =>
  [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*"([^"]+\.js)"/g)].map(([, to]) =>
    to.startsWith(SERVED) ? new URL(`dashboard/client/${to.slice(SERVED.length)}`, ROOT).href : new URL(to, from).href,
  );

/** Whether a module and all that it imports can do without a document. */
function without(module, seen = new Set()) {
  if (seen.has(module)) return true;
  seen.add(module);
  assert.ok(existsSync(fileURLToPath(module)), `${module} is imported and not there`);
  const text = code(read(new URL(module)));
  return !BROWSER.test(text) && imported(text, module).every((other) => without(other, seen));
}

const named = (file) =>
  file
    .split("/")
    .at(-1)
    .replace(/(\.test)?\.js$/, "");

test("each module without a document has a node test", () => {
  const modules = scripts(ROOMS).filter((module) => without(module));
  const files = scripts(TESTS);
  const tested = new Set(files.flatMap((file) => imported(read(new URL(file)), file)));
  const names = new Set(files.filter((file) => file.endsWith(".test.js")).map(named));
  assert.ok(modules.length > 30, `only ${modules.length} found`);
  assert.deepEqual(
    modules.filter((module) => !tested.has(module) && !names.has(named(module))).map((module) => module.slice(ROOT.href.length)),
    [],
  );
});

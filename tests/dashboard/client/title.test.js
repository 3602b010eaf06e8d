import assert from "node:assert/strict";
import { test } from "node:test";
import { Title } from "../../../dashboard/client/shell/title.js";

function page() {
  const heading = { textContent: "" };
  const document = { title: "", getElementById: (id) => (id === "heading" ? heading : null) };
  return { title: new Title(document), document, heading };
}

test("the heading and the window say what is shown", () => {
  const { title, document, heading } = page();
  title.of("Reports");
  assert.deepEqual([heading.textContent, document.title], ["Reports", "Reports · Parlour"]);
});

test("what waits is counted together before it, and goes when nothing does", () => {
  const { title, document } = page();
  title.waits("unread", 2);
  assert.equal(document.title, "(2) Parlour");
  title.of("Vera");
  title.waits("rings", 1);
  assert.equal(document.title, "(3) Vera · Parlour");
  title.waits("unread", 0);
  title.waits("rings", 0);
  assert.equal(document.title, "Vera · Parlour");
});

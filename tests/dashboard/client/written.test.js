import assert from "node:assert/strict";
import { test } from "node:test";
import { faultOf, leadsTo } from "../../../dashboard/client/chat/written.js";

test("a text is as long as its characters are many, without the room around it", () => {
  assert.equal(faultOf("😀".repeat(10), 10), null);
  assert.equal(faultOf(`  ${"x".repeat(10)}\n`, 10), null);
  assert.deepEqual(faultOf("x".repeat(11), 10), { outcome: "refused", reason: "too-long", limit: 10 });
});

test("half a character cannot be sent", () => {
  assert.deepEqual(faultOf("\ud83d", 10), { outcome: "refused", reason: "bad-text" });
});

test("only a harmless scheme leads anywhere", () => {
  for (const href of ["https://example.org", "HTTP://example.org/?a=b", "mailto:vera@example.org"]) assert.equal(leadsTo({ text: "look", href }), href);
  for (const href of ["javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "//example.org", "xhttps://example.org", ""])
    assert.equal(leadsTo({ text: "look", href }), null);
  assert.equal(leadsTo({ text: "https://example.org" }), null);
});

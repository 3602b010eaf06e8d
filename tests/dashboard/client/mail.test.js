import assert from "node:assert/strict";
import { test } from "node:test";
import { answerTo } from "../../../dashboard/client/chat/mail.js";

const parts = (more = {}) => ({ to: "vera@shop.test", subject: "Re: Where?", head: "Vera wrote:", text: "Where is\nmy parcel?", ...more });

/** As a mail program reads it (RFC 6068): no plus for a space. */
function read(href) {
  const [to, fields] = href.replace(/^mailto:/, "").split("?");
  return { to: decodeURIComponent(to), ...Object.fromEntries(fields.split("&").map((field) => field.split("=").map(decodeURIComponent))) };
}

test("the answer has its address and subject, and what they wrote, each line marked", () => {
  assert.deepEqual(read(answerTo(parts())), { to: "vera@shop.test", subject: "Re: Where?", body: "\r\n\r\nVera wrote:\r\n> Where is\r\n> my parcel?" });
});

test("no sign of an address, a subject or a text begins a field of its own", () => {
  const odd = parts({ to: "a&cc=b?x@shop.test", subject: "50% & more? #1 +", text: "a&bcc=eve@evil.test\r\n=%0A" });
  const href = answerTo(odd);
  assert.deepEqual(Object.keys(read(href)), ["to", "subject", "body"]);
  assert.deepEqual([read(href).to, read(href).subject], [odd.to, odd.subject]);
  assert.ok(read(href).body.endsWith("> a&bcc=eve@evil.test\r\n> =%0A"));
});

test("a long message is cut where every mail program still takes the address, never within a sign", () => {
  for (const text of ["long ".repeat(2_000), "😀".repeat(1_000), "ü".repeat(1_000)]) {
    const href = answerTo(parts({ text }));
    assert.ok(href.length <= 1_800, `${href.length}`);
    assert.ok(href.length > 1_700, `${href.length}`);
    const { body } = read(href);
    assert.ok(body.endsWith("…"));
    assert.ok(text.startsWith(body.slice(body.indexOf("> ") + 2, -1)));
  }
  assert.equal(read(answerTo(parts({ subject: "x".repeat(3_000) }))).body, "");
});

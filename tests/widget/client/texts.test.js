import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { hour, ordinal, since, span } from "../../../widget/client/chat/clock.js";
import { reason } from "../../../widget/client/chat/refusal.js";
import { texts } from "../../../widget/client/chat/texts.js";

const CLIENT = new URL("../../../widget/client/", import.meta.url);
const english = JSON.parse(readFileSync(new URL("../../../engine/look/en/widget.json", import.meta.url), "utf8"));
const source = readdirSync(CLIENT, { recursive: true })
  .filter((name) => name.endsWith(".js"))
  .map((name) => readFileSync(new URL(name, CLIENT), "utf8"))
  .join("\n");

// Keys that are put together from a part: `launcher.${service}` and the like.
const BUILT = [
  "launcher.live",
  "launcher.message",
  ...["joined", "lost", "left", "held", "resumed", "away"].map((kind) => `chat.${kind}`),
  ...["one", "two", "few", "other"].map((rule) => `place.${rule}`),
  "error.too-long",
  "error.too-fast",
  "error.bad-text",
  "error.empty",
  "error.ended",
  "error.busy",
  "error.busy.no-room",
  "error.no-room",
  "error.no-room.new-chats",
  "error.unknown-department",
  "error.on-hold",
  "error.not-active",
  "error.offline",
];

test("every text that is asked for exists, and every text that exists is asked for", () => {
  const literal = new Set(
    [...source.matchAll(/["`]((?:launcher|window|start|words|told|invitation|opening|routing|queued|time|chat|leave|ended|error|trouble)\.[a-z_-]+)["`]/g)].map(
      (match) => match[1],
    ),
  );
  const asked = new Set([...literal, ...BUILT]);
  assert.deepEqual(
    [...asked].filter((key) => !(key in english)),
    [],
  );
  assert.deepEqual(
    Object.keys(english).filter((key) => !asked.has(key)),
    [],
  );
});

test("values fill their places; what is missing shows itself", () => {
  const t = texts({ a: "{name} and {other}" });
  assert.equal(t("a", { name: "Ann" }), "Ann and {other}");
  assert.equal(t("a", { name: "{other}", other: "$&" }), "{other} and $&");
  assert.equal(t("b.c"), "b.c");
});

test("each refusal has its words", () => {
  const t = texts(english);
  assert.equal(reason(t, null), "");
  assert.match(reason(t, { t: "error", reason: "too-long", limit: 10000 }), /10000/);
  assert.match(reason(t, { t: "error", reason: "too-fast", limit: 7 }), /7 seconds/);
  assert.match(reason(t, { t: "error", reason: "too-fast", limit: 40000 }), /later/);
  assert.match(reason(t, { t: "error", reason: "not-active" }), /when the chat goes on/);
  assert.match(reason(t, { t: "error", reason: "brand-new" }), /brand-new/);
  assert.match(reason(t, { t: "error", reason: "busy" }), /very busy/);
  assert.match(reason(t, { t: "error", reason: "busy", detail: "no-room" }), /by itself/);
  assert.match(reason(t, { t: "error", reason: "busy", detail: "a fault" }), /very busy/);
  assert.match(reason(t, { t: "error", reason: "no-room", detail: "left-messages" }), /Your text is still here/);
  assert.match(reason(t, { t: "error", reason: "no-room", detail: "new-chats" }), /new chat/);
});

test("lengths of time read as people say them", () => {
  assert.deepEqual([-3, 0, 59.9, 75, 3725].map(span), ["0:00", "0:00", "0:59", "1:15", "1:02:05"]);
  assert.equal(since("2026-01-01T00:00:00Z", Date.parse("2026-01-01T00:00:09Z")), 9);
  assert.equal(since("2026-01-01T00:00:09Z", Date.parse("2026-01-01T00:00:00Z")), 0);
  assert.match(hour("2026-01-01T10:05:00Z"), /:05/);
});

test("a place in line reads as people say it, and in a language the browser does not know, in ours", () => {
  const t = texts(english);
  assert.deepEqual(
    [1, 2, 3, 4, 11, 21, 112].map((place) => ordinal(place, t, "en")),
    ["1st", "2nd", "3rd", "4th", "11th", "21st", "112th"],
  );
  assert.equal(ordinal(2, t, "x-rtl"), "2nd");
});

// What the button tells while the window is closed.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { telling } from "../../../widget/client/chat/telling.js";
import { texts } from "../../../widget/client/chat/texts.js";
import { begin, inChat } from "./begun.js";
import { entry, welcome } from "./frames.js";

const t = texts(JSON.parse(readFileSync(new URL("../../../engine/look/en/widget.json", import.meta.url), "utf8")));
const told = ({ session }, number) => {
  const { head, line } = telling(session.state.model, number === undefined ? undefined : { conversation: "c1", number }, t, "en");
  return [head, line];
};
const by = (more) => ({ author: undefined, ...more });

test("nothing is told where nothing goes on", () => {
  const it = begin();
  assert.deepEqual(told(it), ["", ""]);
  it.hear(welcome());
  assert.deepEqual(told(it), ["", ""]);
});

test("routing, and the place in line as it moves", () => {
  const it = begin();
  it.hear(welcome(), entry(1, by({ what: "asked", state: "routing" })));
  assert.deepEqual(told(it, 1), ["Looking for an operator…", ""]);
  it.hear(entry(2, by({ what: "queued", state: "queued", reason: "timeout" })));
  assert.deepEqual(told(it, 2), ["Waiting", ""]);
  for (const [place, said] of [
    [3, "3rd"],
    [1, "1st"],
  ]) {
    it.hear({ t: "place", conversation: "c1", place });
    assert.deepEqual(told(it, 2), [`Waiting · ${said}`, ""]);
  }
});

test("somebody came, and a line of what they said; nothing once it is read", () => {
  const it = inChat();
  assert.deepEqual(told(it, 1), ["Ann is here", ""]);
  it.hear(entry(3, { operator: "Ann", spans: [{ text: "Hello\n\nWhere  does it leak? " }, { text: "x".repeat(300) }] }));
  const [head, line] = told(it, 1);
  assert.equal(head, "Ann answered");
  assert.equal(line.length, 120);
  assert.match(line, /^Hello Where does it leak\? x+$/);
  assert.deepEqual(told(it, 3), ["", ""]);
});

test("what the visitor wrote is no news", () => {
  const it = inChat();
  it.hear(entry(3, { author: "visitor", client_id: "a" }));
  assert.deepEqual(told(it, 2), ["", ""]);
});

test("hold is told while it lasts, an end by the operator until it is seen", () => {
  const it = inChat();
  it.hear(entry(3, by({ what: "held", state: "on-hold", operator: "Ann" })));
  assert.deepEqual(told(it, 3), ["Ann has suspended the chat", ""]);
  it.hear(entry(4, by({ what: "resumed", state: "active", operator: "Ann" })));
  assert.deepEqual(told(it, 3), ["", ""]);
  it.hear(entry(5, { what: "ended", state: "ended", operator: "Ann" }));
  assert.deepEqual(told(it, 4), ["Ann ended the chat.", ""]);
  assert.deepEqual(told(it, 5), ["", ""]);
});

test("one's own end is no news", () => {
  const it = inChat();
  it.hear(entry(3, { what: "ended", state: "ended", author: "visitor" }));
  assert.deepEqual(told(it, 2), ["", ""]);
});

// Which dialog is up in each state of a conversation, by the table of what may be done that the server sends.
import assert from "node:assert/strict";
import { test } from "node:test";
import { screenOf, staysUp } from "../../../widget/client/chat/screen.js";
import { begin } from "./begun.js";
import { welcome } from "./frames.js";

const SCREENS = {
  invited: "invitation",
  routing: "routing",
  queued: "queued",
  active: "conversation",
  "on-hold": "conversation",
  ended: "conversation",
  left: "leave",
  abandoned: "start",
  refused: "start",
  expired: "start",
  answered: "start",
  closed: "start",
};

/** A window that is told of a conversation in this state. */
const told = (state) => {
  const it = begin();
  it.hear(welcome({ service: "live", conversation: { id: "c1", state, department: "Support" } }));
  return { ...it.session.state, dismissed: "" }; // who left a message before is thanked already
};

test("each state has its screen", () => {
  for (const [state, screen] of Object.entries(SCREENS)) assert.equal(screenOf(told(state)), screen, state);
});

test("what is over is seen until it is put away, what goes on whatever was put away", () => {
  const away = (state) => screenOf({ ...told(state), dismissed: "c1" });
  assert.deepEqual(["ended", "left", "queued", "routing", "active", "invited"].map(away), [
    "start",
    "start",
    "queued",
    "routing",
    "conversation",
    "invitation",
  ]);
});

test("only a chat that was had is to be seen again after a reload", () => {
  assert.deepEqual(Object.keys(SCREENS).filter(staysUp), ["ended"]);
});

test("a state that a window does not know is shown by what may be done in it", () => {
  const it = begin();
  const may = { "brought-in": ["say", "end"], "handed-on": ["cancel"] };
  it.hear(welcome({ service: "live", may, conversation: { id: "c1", state: "brought-in", department: "Support" } }));
  assert.equal(it.screen(), "conversation");
  it.hear(welcome({ service: "live", may, conversation: { id: "c1", state: "handed-on", department: "Support" } }));
  assert.equal(it.screen(), "routing");
});

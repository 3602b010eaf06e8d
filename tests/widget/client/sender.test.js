// The sending half of a session by itself: what is asked for stays in the box, and goes out once there is a line.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Sender } from "../../../widget/client/chat/sender.js";
import { Store } from "../../../widget/client/chat/store.js";
import { active, inChat } from "./begun.js";
import { entry, welcome } from "./frames.js";

const say = (client_id) => ({ t: "say", client_id, text: client_id });

function sender() {
  const shelf = { text: null, read: () => shelf.text, write: (text) => (shelf.text = text), tab: {} };
  const it = { sent: [], up: true };
  const world = { now: () => 7, wall: () => 0 };
  it.sender = new Sender(new Store("K", true, shelf, "v"), world, false, { send: (frame) => it.up && Boolean(it.sent.push(frame)) });
  it.kept = () => JSON.parse(shelf.text).K.people.v.box.map(({ frame, state }) => [frame.client_id, state]);
  return it;
}

test("without a line a request is kept over a reload, and goes out when there is one", () => {
  const it = sender();
  it.sender.put(say("a"));
  assert.deepEqual([it.sent, it.kept()], [[], [["a", "unsent"]]]);
  it.sender.change({ link: "open" });
  it.sender.flush();
  assert.deepEqual([it.sent, it.kept()], [[say("a")], [["a", "sending"]]]);
  it.sender.flush();
  assert.equal(it.sent.length, 1);
});

test("what a dead line does not take stays unsent", () => {
  const it = sender();
  it.sender.change({ link: "open" });
  it.up = false;
  it.sender.put(say("a"));
  assert.deepEqual(it.kept(), [["a", "unsent"]]);
});

test("a kind is forgotten altogether, or what was refused of it", () => {
  const it = sender();
  const item = (id, state, t = "say") => ({ frame: { ...say(id), t }, at: "", conversation: null, state });
  const box = [item("a", "refused"), item("b", "unsent"), item("c", "refused", "ask")];
  it.sender.change({ box });
  it.sender.clear("say", true);
  assert.deepEqual(
    it.kept().map(([id]) => id),
    ["b", "c"],
  );
  it.sender.change({ box });
  it.sender.clear("say");
  assert.deepEqual(
    it.kept().map(([id]) => id),
    ["c"],
  );
});

test("a part that is added hears what comes in, and answers for what it asked", () => {
  const it = inChat();
  const heard = [];
  it.session.add({
    welcomed: ({ t }, first) => heard.push([t, first]),
    entered: ({ number }) => heard.push(["entry", number]),
    told: ({ t }) => heard.push([t]),
    acked: (frame) => frame.text === "stays",
    refused: (frame, { reason }) => Boolean(heard.push([reason, frame.text])),
    tick: () => heard.push(["tick"]),
  });
  it.hear(welcome({ conversation: active }), entry(3), entry(3), { t: "typing", conversation: "c1" });
  it.session.tick();
  it.session.put({ t: "call", client_id: "x", text: "stays" });
  it.hear({ t: "ack", client_id: "x" }, { t: "error", reason: "brand-new", client_id: "x" });
  assert.deepEqual(heard, [["welcome", false], ["entry", 3], ["typing"], ["tick"], ["brand-new", "stays"]]);
  assert.deepEqual(
    it.session.state.box.map(({ state }) => state),
    ["kept"],
  );
});

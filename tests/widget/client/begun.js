// A session of the chat window to be tested: begun, or in a chat already.
import { Session } from "../../../widget/client/chat/session.js";
import { screenOf } from "../../../widget/client/chat/screen.js";
import { Store } from "../../../widget/client/chat/store.js";
import { lines } from "../../../widget/client/chat/lines.js";
import { entry, welcome } from "./frames.js";

/** A session whose wire, clock and ids the test holds. */
export function begin({
  shelf = { text: null, read: () => shelf.text, write: (text) => (shelf.text = text), tab: {} },
  visitor = "v",
  cut = false,
  service = "",
  post,
} = {}) {
  const it = { sent: [], up: true, restarts: 0, stopped: false, time: 0, count: 0, later: [], shelf };
  const wire = {
    start() {},
    stop: () => (it.stopped = true),
    restart: () => (it.restarts++, it.owner.lost(0)),
    settle() {},
    send: (frame) => it.up && Boolean(it.sent.push(frame)),
  };
  const clock = {
    now: () => it.time,
    wall: () => Date.parse("2026-01-01T10:00:00Z") + it.time,
    id: () => `id-${++it.count}`,
    later: (ms, run) => it.later.push(run),
    limits: { message: 10_000, name: 80, email: 254, subject: 200, address: "[^@]+@[^@]+" },
    post,
  };
  const session = new Session("K", visitor, new Store("K", true, shelf, visitor), (owner) => ((it.owner = owner), wire), clock, { cut, service });
  return Object.assign(it, { session, hear: (...frames) => frames.forEach((frame) => session.receive(frame)), screen: () => screenOf(session.state) });
}

export const active = { id: "c1", state: "active", department: "Support", operator: "Ann" };
export const inChat = (options) => {
  const it = begin(options);
  it.hear(welcome({ conversation: active }), entry(1, { what: "asked", author: undefined, state: "routing" }), entry(2, { what: "accepted", operator: "Ann" }));
  return it;
};
export const texts = ({ session }) =>
  lines(session.state.model.conversation, session.state.box)
    .filter(({ kind }) => kind === "message")
    .map(({ spans, state }) => [spans[0].text, state]);

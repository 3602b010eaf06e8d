// How a conversation comes about, and how the visitor ends it: the request, the invitation, "End chat", "Start again".
import * as talk from "./conversation.js";
import * as outbox from "./outbox.js";
import { staysUp } from "./screen.js";

const FORGET = new Set(["end", "cancel", "start", "refuse"]); // refused, these need no word: what is true is on the screen

export class Request {
  /** @param {import("./session.js").Session} session */
  constructor(session) {
    this.session = session;
  }

  /** @param {string} name @param {string | undefined} department @param {string | undefined} words what it is about */
  ask(name, department, words) {
    this.session.clear("ask", true);
    if (name) this.isCalled(name);
    this.session.put({ t: "ask", client_id: this.session.world.id(), department, mode: "text", name, ...(words && { words }) });
  }

  cancel() {
    const { here, world } = this.session;
    this.session.change({ leaving: false, cancelled: here ?? "" });
    this.session.put({ t: "cancel", client_id: world.id(), conversation: here });
  }

  /** "Start Chat" was pressed: the visitor chooses how to talk; or goes back. @param {boolean} opening */
  open(opening) {
    this.session.change({ opening: opening ? (this.session.here ?? "") : "" });
  }

  /** The visitor takes the invitation. @param {string} name */
  start(name) {
    const { here: conversation, world } = this.session;
    if (name) this.isCalled(name);
    if (conversation) this.session.put({ t: "start", client_id: world.id(), conversation, mode: "text", name });
  }

  /** Nobody is asked twice for their name. @param {string} name */
  isCalled(name) {
    this.session.change({ model: { ...this.session.state.model, name } });
  }

  /** The visitor closed the invitation. */
  refuse() {
    const { model, box } = this.session.state;
    const { conversation } = model;
    if (!conversation || !talk.may(conversation, "refuse") || outbox.latest(box, "refuse")) return;
    this.session.put({ t: "refuse", client_id: this.session.world.id(), conversation: conversation.id });
  }

  end() {
    this.session.put({ t: "end", client_id: this.session.world.id(), conversation: this.session.here });
  }

  /** Put a conversation that is over away; one that goes on beside a left message stays. */
  startAgain() {
    const { model, dismissed } = this.session.state;
    const over = !talk.isOpen(model.conversation);
    if (over) this.session.store.put({ first: undefined });
    const away = over ? (model.conversation?.id ?? "") : dismissed;
    this.session.change({ dismissed: away, leaving: false, apart: false, thanked: false, opening: "" });
  }

  /** @param {import("../wire/frames.js").Entry} entry */
  entered(entry) {
    if (entry.what === "asked") this.#asked(entry);
    if (talk.isInvitation(entry)) this.session.store.put({ first: entry });
    if (entry.what === "started") this.#started();
    if (!talk.isOpen(this.session.state.model.conversation) && !staysUp(entry.state)) this.session.store.put({ first: undefined });
  }

  /** The entry of a request says no department; the request itself does. @param {import("../wire/frames.js").Entry} entry */
  #asked(entry) {
    this.session.store.put({ first: entry });
    const { model, box } = this.session.state;
    const frame = outbox.latest(box, "ask")?.frame;
    const chosen = frame?.t === "ask" && model.departments.find(({ id }) => id === frame.department);
    const conversation = model.conversation && { ...model.conversation, department: (chosen && chosen.name) || model.conversation.department };
    this.session.change({ model: { ...model, conversation }, box: box.filter((item) => item.frame.t !== "ask") });
  }

  #started() {
    this.session.clear("start");
    this.open(false);
  }

  /** A request stays until its entry comes, so that the screen never goes back. @param {import("../wire/frames.js").Kept} frame */
  acked(frame) {
    return frame.t === "ask" && !talk.isOpen(this.session.state.model.conversation);
  }

  /** @param {import("../wire/frames.js").Kept} frame */
  refused(frame) {
    if (!FORGET.has(frame.t)) return false;
    this.session.change({ box: outbox.drop(this.session.state.box, frame.client_id) });
    return true;
  }
}

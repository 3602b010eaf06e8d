// The visitor's side of a conversation: its line to the server, and what comes in. What the visitor does is in its parts,
// each told of what concerns it. Knows no element; `watch` is called with each new state.
import * as talk from "./conversation.js";
import { FirstWords } from "./first_words.js";
import { LeftMessage } from "./left_message.js";
import { Messages } from "./messages.js";
import * as outbox from "./outbox.js";
import { Request } from "./request.js";
import { Sender } from "./sender.js";

const PATIENCE = 10_000; // ms to wait for an answer before the connection counts as lost
const DOUBT = 300; // ms after which a tab that began in the same moment has kept the secret
const CUT = 10_000; // ms without a live connection until that is said

/**
 * @typedef {import("../wire/frames.js").ToChat} ToChat
 * @typedef {import("./sender.js").Frame} Frame
 * @typedef {object} Part one kind of thing that a visitor does in a session; it hears what it asks to hear
 * @property {(frame: import("../wire/frames.js").ChatWelcome, first: boolean) => void} [welcomed]
 * @property {(entry: import("../wire/frames.js").Entry) => void} [entered]
 * @property {(frame: ToChat) => void} [told] any other frame
 * @property {(frame: Frame) => boolean} [acked] true: it stays in the box until its entry comes
 * @property {(frame: Frame, error: import("../wire/frames.js").Refusal) => boolean} [refused] true: it was seen to
 * @property {() => void} [tick] once a second
 */

export class Session extends Sender {
  /** @type {(entry: import("../wire/frames.js").Entry) => void} */
  heard = () => {};
  /** @type {(key: string) => void} */
  visitorIs = () => {};
  /** @type {Part[]} */
  #parts = [];
  #lost = 0; // when the connection was lost
  #doubted = false;

  /**
   * @param {string} site @param {string} visitor @param {import("./store.js").Store} store
   * @param {(owner: import("./socket.js").Owner) => import("./sender.js").Wire} connect
   * @param {import("./sender.js").World} world
   * @param {import("./state.js").Around} [around]
   */
  constructor(site, visitor, store, connect, world, around) {
    super(store, world, around, connect({ hello: () => this.#hello(), frame: (frame) => this.receive(frame), lost: () => this.#gone() }));
    this.site = site;
    this.visitor = visitor;
    this.words = this.add(new FirstWords(this)); // before the request, which forgets what was asked
    this.request = this.add(new Request(this));
    this.messages = this.add(new Messages(this));
    this.left = this.add(new LeftMessage(this, this.request));
    this.#lost = world.now();
  }

  /** From now on the part hears what comes in. @template {Part} P @param {P} part @returns {P} */
  add(part) {
    this.#parts.push(part);
    return part;
  }

  #gone() {
    if (this.state.link === "refused") return;
    if (this.state.link === "open") this.#lost = this.world.now();
    this.change({ link: "lost", box: outbox.lost(this.state.box) });
  }

  /** @returns {import("../wire/frames.js").ChatHello} */
  #hello() {
    const { token, gaps } = this.state.model;
    const after = gaps > 1 ? undefined : (token ?? undefined); // coming back for a gap did not help: all from the start
    const { held, also } = this.store;
    const before = also && { also: also.whose, also_secret: also.secret };
    return { t: "hello", site: this.site, visitor: this.visitor || undefined, secret: held.secret, ...before, after, speaks: 2 };
  }

  /** @param {ToChat} frame */
  receive(frame) {
    if (frame.t === "ack") return this.#acked(frame.client_id);
    if (frame.t === "error") return this.#refused(frame);
    if (frame.t === "welcome" && this.#doubts(frame.visitor)) return;
    const before = this.state.model;
    const model = talk.step(before, frame);
    if (model !== before) this.change({ model });
    if (model.gaps > before.gaps) return this.wire.restart();
    if (frame.t === "welcome") this.#welcomed(frame, !before.welcomed);
    else if (frame.t !== "entry") for (const part of this.#parts) part.told?.(frame);
    else if (model !== before) this.#entered(frame);
  }

  /**
   * Two tabs began in the same moment, and only one got the visitor's secret: the other comes back with it.
   * @param {string} welcomed who the server says this is
   */
  #doubts(welcomed) {
    if (this.#doubted || this.store.held.secret || !this.visitor || welcomed === this.visitor) return false;
    this.#doubted = true;
    this.world.later(DOUBT, () => {
      this.store.reread();
      this.wire.restart();
    });
    return true;
  }

  /** @param {import("../wire/frames.js").ChatWelcome} frame @param {boolean} first */
  #welcomed(frame, first) {
    this.wire.settle();
    if (frame.now) this.ahead = Date.parse(frame.now) - this.world.now();
    this.become(frame.visitor);
    this.store.put({ secret: frame.secret, known: talk.toRemember(frame) });
    for (const part of this.#parts) part.welcomed?.(frame, first);
    const { box, orphans } = outbox.settle(outbox.lost(this.state.box), this.here ?? null, this.world.wall());
    this.change({ link: "open", cut: false, box, draft: [...orphans, this.state.draft].filter(Boolean).join("\n") });
    this.flush();
  }

  /** Who the visitor is; the page is told if it was somebody else. @param {string} visitor */
  become(visitor) {
    this.store.become(visitor);
    if (visitor !== this.visitor) this.visitorIs(visitor);
    this.visitor = visitor;
  }

  /** @param {import("../wire/frames.js").Entry} entry */
  #entered(entry) {
    if (entry.author === "visitor" && entry.client_id) this.change({ box: outbox.drop(this.state.box, entry.client_id) });
    for (const part of this.#parts) part.entered?.(entry);
    this.heard(entry);
  }

  /** @param {string} id */
  #acked(id) {
    const frame = outbox.find(this.state.box, id)?.frame;
    if (!frame) return;
    const stays = this.#parts.some((part) => part.acked?.(frame));
    this.change({ box: (stays ? outbox.keep : outbox.drop)(this.state.box, id) });
  }

  /** @param {import("../wire/frames.js").Refusal} error */
  #refused(error) {
    if (error.reason === "unknown-site") {
      this.change({ link: "refused" });
      return this.wire.stop();
    }
    const frame = outbox.find(this.state.box, error.client_id ?? "")?.frame;
    if (!frame) return console.warn("Parlour:", error.reason, error.detail ?? "");
    if (this.#parts.some((part) => part.refused?.(frame, error))) return;
    this.change({ box: outbox.refuse(this.state.box, error) });
    if (error.reason === "busy") this.world.later((error.limit ?? 2) * 1000, () => this.flush());
  }

  /** Once a second: an answer that is overdue means the connection is dead, whatever the browser thinks. */
  tick() {
    for (const part of this.#parts) part.tick?.();
    if (!this.state.cut && this.state.link !== "open" && this.world.now() - this.#lost >= CUT) this.change({ cut: true });
    if (outbox.overdue(this.state.box, this.world.now(), PATIENCE)) this.wire.restart();
  }
}

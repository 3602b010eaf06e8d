// The visitor's side of a conversation: what the server said (conversation.js), what it has not answered yet (outbox.js),
// and what the visitor does. Knows no element; `watch` is called with each new state.
import * as talk from "./conversation.js";
import * as limits from "./limits.js";
import * as outbox from "./outbox.js";

const PATIENCE = 10_000; // ms to wait for an answer before the connection counts as lost
const TYPING = 2_500; // ms between two signs of typing
const SHOWN = 5_000; // ms for which the other side's is shown
const DOUBT = 300; // ms after which a tab that began in the same moment has kept the secret
const CUT = 10_000; // ms without a live connection until that is said
const FORGET = new Set(["end", "cancel", "start", "refuse"]); // refused, these need no word: what is true is on the screen
const BACK = new Set(["too-long", "too-fast", "on-hold", "not-active"]); // so refused, a message is the draft again
const PUT_AWAY = new Set(["left", "abandoned", "refused", "expired"]); // over, and nothing to show of it later
const WELCOME = new Set(["asked", "started", "accepted"]); // what takes the place of a form

/**
 * @typedef {import("../wire/frames.js").Kept} Frame
 * @typedef {import("../wire/frames.js").ToChat} ToChat
 * @typedef {{ name: string, email: string, subject: string, text: string, department?: string }} Letter
 * @typedef {{ now(): number, wall(): number, id(): string, later(ms: number, run: () => void): void,
 *   post(frame: import("../wire/frames.js").LeavePost): Promise<import("../wire/frames.js").Left | import("../wire/frames.js").Refusal> }} World
 * @typedef {{ start(): void, stop(): void, restart(): void, settle(): void, send(frame: import("../wire/frames.js").FromChat): boolean }} Wire
 */

/**
 * @typedef {object} State
 * @property {"connecting" | "open" | "lost" | "refused"} link
 * @property {talk.Model} model
 * @property {outbox.Box} box
 * @property {boolean} cut there has been no live connection for a while
 * @property {boolean} leaving the form "Leave a message" is up
 * @property {boolean} apart it is up though a chat is open
 * @property {boolean} thanked
 * @property {string} dismissed the conversation that "Start again" put away
 * @property {string} cancelled the one the visitor cancelled
 * @property {string} opening the invitation of which "Start Chat" was pressed
 * @property {string} draft
 * @property {number} typing until when the operator is seen writing, 0 if not
 * @property {import("../wire/frames.js").Refusal | null} notice why the draft was not sent
 */

export class Session {
  /** @type {State} */
  state;
  /** @type {(state: State) => void} */
  watch = () => {};
  /** @type {(entry: import("../wire/frames.js").Entry) => void} */
  heard = () => {};
  /** @type {(key: string) => void} */
  visitorIs = () => {};
  #typed = -Infinity;
  #lost = 0; // when the connection was lost
  #saw = 0; // up to where the operator's messages were said to be seen
  #doubted = false;
  #given = ""; // what refusals gave back to the draft, in the order it was written

  /**
   * @param {string} site @param {string} visitor @param {import("./store.js").Store} store
   * @param {(owner: import("./socket.js").Owner) => Wire} connect @param {World} world
   * @param {boolean} cut whether there is no hope of a connection yet
   */
  constructor(site, visitor, store, connect, world, cut = false) {
    const { box = outbox.EMPTY, draft = "", first } = store.held;
    this.site = site;
    this.visitor = visitor;
    this.store = store;
    this.world = world;
    this.state = {
      link: "connecting",
      model: first ? talk.resumed(first) : talk.EMPTY,
      box: outbox.lost(box),
      cut,
      leaving: false,
      apart: false,
      thanked: false,
      dismissed: "",
      cancelled: "",
      opening: "",
      draft,
      typing: 0,
      notice: null,
    };
    this.#lost = world.now();
    this.wire = connect({
      hello: () => this.#hello(),
      frame: (frame) => this.receive(frame),
      lost: () => this.#gone(),
    });
  }

  #gone() {
    if (this.state.link === "refused") return;
    if (this.state.link === "open") this.#lost = this.world.now();
    this.#change({ link: "lost", box: outbox.lost(this.state.box) });
  }

  /** @returns {import("../wire/frames.js").ChatHello} */
  #hello() {
    const { token, gaps } = this.state.model;
    const after = gaps > 1 ? undefined : (token ?? undefined); // coming back for a gap did not help: all from the start
    return { t: "hello", site: this.site, visitor: this.visitor || undefined, secret: this.store.held.secret, after, speaks: 2 };
  }

  /** @param {ToChat} frame */
  receive(frame) {
    if (frame.t === "ack") return this.#acked(frame.client_id);
    if (frame.t === "error") return this.#refused(frame);
    if (frame.t === "typing") return this.#change({ typing: frame.conversation === this.#here ? this.world.now() + SHOWN : 0 });
    if (frame.t === "welcome" && this.#doubts(frame.visitor)) return;
    const before = this.state.model;
    const model = talk.step(before, frame);
    if (model.gaps > before.gaps) return this.#missed(model);
    this.#change({ model });
    if (frame.t === "welcome") this.#welcomed(frame, !before.welcomed);
    if (frame.t === "entry" && model !== before) this.#entered(frame);
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

  /** @param {talk.Model} model */
  #missed(model) {
    this.#change({ model });
    this.wire.restart();
  }

  /** @param {import("../wire/frames.js").ChatWelcome} frame @param {boolean} first */
  #welcomed({ secret, visitor, conversation }, first) {
    this.wire.settle();
    this.store.put({ secret });
    if (visitor !== this.visitor) this.visitorIs(visitor);
    this.visitor = visitor;
    const { box, orphans } = outbox.settle(outbox.lost(this.state.box), this.state.model.conversation?.id ?? null, this.world.wall());
    this.#saw = 0;
    this.#change({ link: "open", cut: false, box, draft: [...orphans, this.state.draft].filter(Boolean).join("\n") });
    if (first && conversation?.state === "left") this.#change({ dismissed: conversation.id }); // thanked for already
    this.#flush();
  }

  /** @param {import("../wire/frames.js").Entry} entry */
  #entered(entry) {
    if (this.state.typing && entry.author !== "visitor") this.#change({ typing: 0 });
    if (entry.author === "visitor" && entry.client_id) this.#change({ box: outbox.drop(this.state.box, entry.client_id) });
    if (entry.what === "asked") this.#asked(entry);
    if (entry.what === "invited") this.store.put({ first: entry });
    if (entry.what === "started") this.#change({ box: this.state.box.filter(({ frame }) => frame.t !== "start"), opening: "" });
    if (PUT_AWAY.has(entry.state)) this.store.put({ first: undefined });
    if (WELCOME.has(entry.what) && !this.state.apart) this.#change({ leaving: false, thanked: false });
    this.heard(entry);
  }

  /** The entry of a request says no department; the request itself does. @param {import("../wire/frames.js").Entry} entry */
  #asked(entry) {
    this.store.put({ first: entry });
    const { model, box } = this.state;
    const frame = outbox.latest(box, "ask")?.frame;
    const chosen = frame?.t === "ask" && model.departments.find(({ id }) => id === frame.department);
    const conversation = model.conversation && { ...model.conversation, department: (chosen && chosen.name) || model.conversation.department };
    this.#change({ model: { ...model, conversation }, box: box.filter((item) => item.frame.t !== "ask") });
  }

  /** @param {string} id */
  #acked(id) {
    const kind = outbox.find(this.state.box, id)?.frame.t;
    if (kind === "leave") this.#change({ thanked: true });
    // A message or a request stays until its entry comes, so that the screen never goes back; the ack only marks it as kept.
    if (kind === "say" || (kind === "ask" && !talk.isOpen(this.state.model.conversation))) this.#change({ box: outbox.keep(this.state.box, id) });
    else this.#change({ box: outbox.drop(this.state.box, id) });
  }

  /** @param {import("../wire/frames.js").Refusal} error */
  #refused(error) {
    if (error.reason === "unknown-site") {
      this.#change({ link: "refused" });
      return this.wire.stop();
    }
    const frame = outbox.find(this.state.box, error.client_id ?? "")?.frame;
    if (!frame) return console.warn("Parlour:", error.reason, error.detail ?? "");
    if (FORGET.has(frame.t)) return this.#change({ box: outbox.drop(this.state.box, frame.client_id) });
    if (frame.t === "say" && BACK.has(error.reason)) return this.#giveBack(frame, error);
    this.#change({ box: outbox.refuse(this.state.box, error) });
    if (error.reason === "busy") this.world.later((error.limit ?? 2) * 1000, () => this.#flush());
  }

  /**
   * A refused message goes back into the box it came from, behind those that were written before it.
   * @param {import("../wire/frames.js").Say} frame @param {import("../wire/frames.js").Refusal} notice
   */
  #giveBack(frame, notice) {
    const { draft: before } = this.state;
    const given = this.#given && before.startsWith(this.#given) ? this.#given : "";
    this.#given = [given, frame.text].filter(Boolean).join("\n");
    const draft = [this.#given, before.slice(given.length).replace(/^\n/, "")].filter(Boolean).join("\n");
    this.store.put({ draft });
    this.#change({ box: outbox.drop(this.state.box, frame.client_id), draft, notice });
  }

  #flush() {
    if (this.state.link !== "open") return;
    for (const frame of outbox.unsent(this.state.box)) {
      if (this.wire.send(frame)) this.#change({ box: outbox.sending(this.state.box, frame.client_id, this.world.now()) });
    }
  }

  /** Once a second: an answer that is overdue means the connection is dead, whatever the browser thinks. */
  tick() {
    if (this.state.typing && this.state.typing < this.world.now()) this.#change({ typing: 0 });
    if (!this.state.cut && this.state.link !== "open" && this.world.now() - this.#lost >= CUT) this.#change({ cut: true });
    if (outbox.overdue(this.state.box, this.world.now(), PATIENCE)) this.wire.restart();
  }

  /** @param {Frame} frame */
  #put(frame) {
    const at = new Date(this.world.wall()).toISOString();
    this.#change({ box: outbox.put(this.state.box, frame, at, this.state.model.conversation?.id ?? null) });
    this.#flush();
  }

  /** Forget an earlier refusal of the same kind of thing. @param {Frame["t"]} kind */
  #clear(kind) {
    this.#change({ box: this.state.box.filter((item) => item.frame.t !== kind || item.state !== "refused") });
  }

  /** The conversation on the screen. */
  get #here() {
    return this.state.model.conversation?.id;
  }

  // --- what the visitor does ----------------------------------------------------------------------------------------

  /** @param {string} name @param {string | undefined} department */
  ask(name, department) {
    this.#clear("ask");
    this.#put({ t: "ask", client_id: this.world.id(), department, mode: "text", name });
  }

  /** @param {string} text @returns {boolean} whether it was taken; if not, `notice` says why */
  say(text) {
    const { conversation } = this.state.model;
    if (talk.may(conversation, "end") && !talk.may(conversation, "say")) return false; // it stays the draft until it goes on
    if (limits.length(text) > limits.MESSAGE) {
      this.#change({ draft: text, notice: { t: "error", reason: "too-long", limit: limits.MESSAGE } });
      return false;
    }
    if (limits.broken(text)) {
      this.#change({ draft: text, notice: { t: "error", reason: "bad-text" } });
      return false;
    }
    this.#given = "";
    this.draft("");
    this.#put({ t: "say", client_id: this.world.id(), text, conversation: this.#here });
    return true;
  }

  /** The visitor is typing: say so, but not at every key. */
  #types() {
    const now = this.world.now();
    const conversation = this.#here;
    if (!conversation || !talk.may(this.state.model.conversation, "typing") || now - this.#typed < TYPING) return;
    this.#typed = now;
    this.wire.send({ t: "typing", conversation });
  }

  /** @param {string} text of the composer, kept over a reload */
  draft(text) {
    if (text.trim() && text !== this.state.draft) this.#types();
    this.store.put({ draft: text });
    this.#change({ draft: text, notice: null });
  }

  /** @param {string} id of a message that was refused */
  again(id) {
    this.#change({ box: outbox.again(this.state.box, id, this.world.id()) });
    this.#flush();
  }

  end() {
    this.#put({ t: "end", client_id: this.world.id(), conversation: this.#here });
  }

  cancel() {
    this.#change({ leaving: false, cancelled: this.state.model.conversation?.id ?? "" });
    this.#put({ t: "cancel", client_id: this.world.id(), conversation: this.#here });
  }

  /** The visitor takes the invitation. @param {string} name */
  startChat(name) {
    const conversation = this.#here;
    if (conversation) this.#put({ t: "start", client_id: this.world.id(), conversation, mode: "text", name });
  }

  /** "Start Chat" was pressed: the visitor chooses how to talk; or goes back. @param {boolean} opening */
  open(opening) {
    this.#change({ opening: opening ? (this.#here ?? "") : "" });
  }

  /** The visitor closed the invitation. */
  refuse() {
    const { conversation } = this.state.model;
    if (!conversation || !talk.may(conversation, "refuse") || outbox.latest(this.state.box, "refuse")) return;
    this.#put({ t: "refuse", client_id: this.world.id(), conversation: conversation.id });
  }

  /** What the operator wrote is on the screen, and somebody looks at it. */
  see() {
    const { conversation } = this.state.model;
    const upto = talk.answered(conversation);
    if (this.state.link !== "open" || !conversation || upto <= this.#saw) return;
    if (this.wire.send({ t: "seen", conversation: conversation.id, upto })) this.#saw = upto;
  }

  /** @param {Letter} letter */
  leave(letter) {
    this.refuse();
    const same = outbox.latest(this.state.box, "leave");
    const id = same?.state === "unsent" && sameLetter(same.frame, letter) ? same.frame.client_id : this.world.id();
    this.#change({ box: this.state.box.filter((item) => item.frame.t !== "leave") });
    this.#put({ t: "leave", client_id: id, ...letter });
    if (this.state.link !== "open") this.#post({ t: "leave", client_id: id, ...letter });
  }

  /**
   * No live connection: the form goes the plain way. What does not get through goes out with the next connection.
   * @param {import("../wire/frames.js").Leave} frame
   */
  async #post(frame) {
    const whose = { site: this.site, visitor: this.visitor || undefined, secret: this.store.held.secret };
    try {
      const said = await this.world.post({ ...frame, ...whose });
      if (said.t === "error") return this.#refused({ ...said, client_id: frame.client_id });
      if (said.secret) this.store.put({ secret: said.secret });
      if (said.visitor) this.visitor = said.visitor;
      if (said.visitor) this.visitorIs(said.visitor);
      this.#acked(frame.client_id);
    } catch {
      this.#change({ box: outbox.stuck(this.state.box, frame.client_id, { t: "error", reason: "offline" }) });
    }
  }

  /** @param {boolean} leaving show the form "Leave a message", or go back @param {boolean} apart though a chat is open */
  leaving(leaving, apart = false) {
    this.#clear("leave");
    this.#change({ leaving, apart: leaving && apart, thanked: false });
  }

  /** Put a conversation that is over away; one that goes on beside a left message stays. */
  startAgain() {
    const { conversation } = this.state.model;
    const over = !talk.isOpen(conversation);
    if (over) this.store.put({ first: undefined });
    this.#change({ dismissed: over ? (conversation?.id ?? "") : this.state.dismissed, leaving: false, apart: false, thanked: false, opening: "" });
  }

  /** @param {Partial<State>} changes */
  #change(changes) {
    const before = this.state;
    this.state = { ...before, ...changes };
    if (this.state.box !== before.box) this.store.put({ box: this.state.box });
    this.watch(this.state);
  }
}

/** @param {Frame} frame @param {Letter} letter */
const sameLetter = (frame, letter) =>
  frame.t === "leave" && Object.entries(letter).every(([key, value]) => frame[/** @type {keyof Letter} */ (key)] === value);

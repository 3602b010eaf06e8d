// Messages within a conversation: what the visitor writes and has read, and who is writing.
import * as talk from "./conversation.js";
import { faultOf } from "./limits.js";
import * as outbox from "./outbox.js";

const TYPING = 2_500; // ms between two signs of typing
const SHOWN = 5_000; // ms for which the other side's is shown
const BACK = new Set(["too-long", "too-fast", "on-hold", "not-active"]); // so refused, a message is the draft again

export class Messages {
  #typed = -Infinity;
  #saw = 0; // up to where the operator's messages were said to be seen
  #given = ""; // what refusals gave back to the draft, in the order it was written

  /** @param {import("./session.js").Session} session */
  constructor(session) {
    this.session = session;
  }

  /** @param {string} text @returns {boolean} whether it was taken; if not, `notice` says why */
  write(text) {
    const { conversation } = this.session.state.model;
    if (talk.may(conversation, "end") && !talk.may(conversation, "say")) return false; // it stays the draft until it goes on
    const fault = faultOf(text, this.session.world.limits.message);
    if (fault) return this.#keep(text, fault);
    this.#given = "";
    this.draft("");
    this.session.put({ t: "say", client_id: this.session.world.id(), text, conversation: this.session.here });
    return true;
  }

  /** It stays the draft, with the reason. @param {string} draft @param {Omit<import("../wire/frames.js").Refusal, "t">} why */
  #keep(draft, why) {
    this.session.change({ draft, notice: { t: "error", ...why } });
    return false;
  }

  /** @param {string} id of a message that was refused */
  again(id) {
    this.session.change({ box: outbox.again(this.session.state.box, id, this.session.world.id()) });
    this.session.flush();
  }

  /** @param {string} text of the composer, kept over a reload */
  draft(text) {
    if (text.trim() && text !== this.session.state.draft) this.#types();
    this.session.store.put({ draft: text });
    this.session.change({ draft: text, notice: null });
  }

  /** The visitor is typing: say so, but not at every key. */
  #types() {
    const now = this.session.world.now();
    const { conversation } = this.session.state.model;
    if (!conversation || !talk.may(conversation, "typing") || now - this.#typed < TYPING) return;
    this.#typed = now;
    this.session.wire.send({ t: "typing", conversation: conversation.id });
  }

  /** What the operator wrote is on the screen, and somebody looks at it. */
  see() {
    const { link, model } = this.session.state;
    const upto = talk.answered(model.conversation);
    if (link !== "open" || !model.conversation || upto <= this.#saw) return;
    if (this.session.wire.send({ t: "seen", conversation: model.conversation.id, upto })) this.#saw = upto;
  }

  welcomed() {
    this.#saw = 0;
  }

  /** The operator is writing. @param {import("../wire/frames.js").ToChat} frame */
  told(frame) {
    if (frame.t !== "typing") return;
    const { here, world } = this.session;
    this.session.change({ typing: frame.conversation === here ? world.now() + SHOWN : 0 });
  }

  /** @param {import("../wire/frames.js").Entry} entry */
  entered({ author }) {
    if (this.session.state.typing && author !== "visitor") this.session.change({ typing: 0 });
  }

  tick() {
    const { typing } = this.session.state;
    if (typing && typing < this.session.world.now()) this.session.change({ typing: 0 });
  }

  /** A message stays until its entry comes, so that the screen never goes back. @param {import("../wire/frames.js").Kept} frame */
  acked(frame) {
    return frame.t === "say";
  }

  /** @param {import("../wire/frames.js").Kept} frame @param {import("../wire/frames.js").Refusal} error */
  refused(frame, error) {
    if (frame.t !== "say" || !BACK.has(error.reason)) return false;
    this.#giveBack(frame, error);
    return true;
  }

  /**
   * A refused message goes back into the box it came from, behind those that were written before it.
   * @param {import("../wire/frames.js").Say} frame @param {import("../wire/frames.js").Refusal} notice
   */
  #giveBack(frame, notice) {
    const { draft: before, box } = this.session.state;
    const given = this.#given && before.startsWith(this.#given) ? this.#given : "";
    this.#given = [given, frame.text].filter(Boolean).join("\n");
    const draft = [this.#given, before.slice(given.length).replace(/^\n/, "")].filter(Boolean).join("\n");
    this.session.store.put({ draft });
    this.session.change({ box: outbox.drop(box, frame.client_id), draft, notice });
  }
}

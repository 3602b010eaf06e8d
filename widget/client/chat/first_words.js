// The first words: what it is about, said with the asking, changed while one waits. What is being written of them is the
// draft, which is kept over a reload and goes along wherever the visitor writes next; it goes as soon as it is said.
import { textOf } from "./conversation.js";
import * as outbox from "./outbox.js";

/** @type {Partial<Record<import("../wire/frames.js").What, readonly import("../wire/frames.js").Kept["t"][]>>} by which frames an entry may be */
const BY = { asked: ["ask"], reworded: ["ask", "reword"], message: ["ask"] };
const LATE = new Set(["taken", "ended", "unknown-conversation"]); // somebody came, or it is over: the draft stays

export class FirstWords {
  /** @param {import("./session.js").Session} session */
  constructor(session) {
    this.session = session;
  }

  /** Say it otherwise; "" takes it back. @param {string} text */
  change(text) {
    const { here: conversation, world } = this.session;
    this.session.clear("reword");
    this.session.put({ t: "reword", client_id: world.id(), conversation, words: text.trim() || undefined });
  }

  /** Leave it as it was said. */
  leave() {
    this.session.clear("reword", true);
    this.session.messages.draft("");
  }

  /** @param {import("../wire/frames.js").Entry} entry */
  entered(entry) {
    if (entry.author !== "visitor") return;
    for (const kind of BY[entry.what] ?? []) {
      const frame = outbox.latest(this.session.state.box, kind)?.frame;
      if (frame && "words" in frame) this.#said(frame.words);
    }
    if (entry.client_id && entry.client_id === entry.message) this.#said(textOf(entry)); // they were written now
  }

  /** @param {import("../wire/frames.js").Kept} frame */
  acked(frame) {
    if (frame.t === "reword") this.#said(frame.words);
    return false;
  }

  /** @param {import("../wire/frames.js").Kept} frame @param {import("../wire/frames.js").Refusal} error */
  refused(frame, error) {
    if (frame.t !== "reword" || !LATE.has(error.reason)) return false;
    this.session.change({ box: outbox.drop(this.session.state.box, frame.client_id) });
    return true;
  }

  /** What is said is no draft any more, unless it goes on. @param {string | null | undefined} words */
  #said(words) {
    if (this.session.state.draft.trim() === (words ?? "").trim()) this.session.messages.draft("");
  }
}

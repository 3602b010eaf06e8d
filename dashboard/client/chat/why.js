// "Why?": whoever has the button opens the story of a conversation here; the component Why tells it.

/** @typedef {{conversation: string} | {visitor: string}} Subject */

/** @typedef {(subject: Subject, name: string | null) => void} Teller */

export class Why {
  constructor() {
    /** @type {Teller | null} */
    this.tell = null;
  }

  /** @param {Teller | null} teller */
  by(teller) {
    this.tell = teller;
  }

  /**
   * @param {string} conversation
   * @param {string | null} name of the visitor
   */
  open(conversation, name) {
    this.tell?.({ conversation }, name);
  }

  /**
   * The story of a visitor's latest conversation.
   * @param {string} visitor
   * @param {string | null} name
   */
  ofVisitor(visitor, name) {
    this.tell?.({ visitor }, name);
  }
}

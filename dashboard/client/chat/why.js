// "Why?": whoever has the button opens the story of a conversation here; the component Why tells it.

/** @typedef {{conversation: string} | {visitor: string}} Subject */

/** @typedef {(subject: Subject, called: string) => void} Teller `called`: what the visitor is called */

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
   * @param {string} called what the visitor is called
   */
  open(conversation, called) {
    this.tell?.({ conversation }, called);
  }

  /**
   * The story of a visitor's latest conversation.
   * @param {string} visitor
   * @param {string} called
   */
  ofVisitor(visitor, called) {
    this.tell?.({ visitor }, called);
  }
}

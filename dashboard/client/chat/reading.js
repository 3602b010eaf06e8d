// What was said in a conversation, by the numbers of its entries: what we have read, and what the visitor was told of that.

/** @import { Entry, State } from "../wire.js" */

export class Reading {
  /**
   * @param {string} id of the conversation
   * @param {import("../shell/kept.js").Kept} store
   */
  constructor(id, store) {
    this.key = `read.${id}`;
    this.store = store;
    this.last = 0;
    /** @type {State | null} */
    this.state = null;
    this.read = store.kept(this.key, 0);
    /** @type {number[]} Numbers of the visitor's messages. */
    this.incoming = [];
    this.told = 0; // up to where the visitor was told that we have seen
  }

  /** Take an entry, in its order; whether it is new. @param {Entry} entry */
  take(entry) {
    if (entry.number <= this.last) return false;
    this.last = entry.number;
    this.state = entry.state;
    if (entry.what === "message" && entry.author === "visitor") this.incoming.push(entry.number);
    return true;
  }

  /** An operator has seen what there is up to a number, perhaps in another tab. @param {number} upto */
  saw(upto) {
    this.read = Math.max(this.read, upto);
    this.told = Math.max(this.told, upto);
  }

  get unread() {
    return this.incoming.filter((number) => number > this.read).length;
  }

  /** The first message that was not read; null where all were. */
  get firstUnread() {
    return this.incoming.find((number) => number > this.read) ?? null;
  }

  /** All of it is in sight; whether some of it was not before. */
  seen() {
    if (this.read >= this.last) return false;
    this.read = this.last;
    this.store.keep(this.key, this.read);
    return true;
  }

  /** Up to which message the visitor is still to be told that it was seen; 0: none. */
  get untold() {
    const upto = this.incoming.at(-1) ?? 0;
    return upto > this.told ? upto : 0;
  }

  /** They are told now; returns what is done if they were not after all. @param {number} upto */
  tell(upto) {
    const before = this.told;
    this.told = upto;
    return () => {
      this.told = Math.min(this.told, before);
    };
  }
}

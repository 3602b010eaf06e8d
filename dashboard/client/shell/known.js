// What a page knows from the start, as the server wrote it: the words, who is signed in, what may be done when, limits.

/** @import { Deed, Facts, State } from "../wire.js" */

export class Known {
  /** @param {Facts} facts */
  constructor(facts) {
    this.words = facts.words;
    this.me = facts.me;
    /** How long a text may be, in characters. */
    this.limits = facts.limits;
    this.table = facts.may;
    /** The server's time as it made this page, in ms since 1970. */
    this.now = facts.now;
  }

  /** What an operator may do with a conversation in this state, by the table that main has. @param {State | null} state */
  deeds = (state) => (state && this.table[state]) ?? [];

  /** Whether an operator may do something in this state. @param {State | null} state @param {Deed} deed */
  may = (state, deed) => this.deeds(state).includes(deed);

  /** Whether there is a text for a key. @param {string} key */
  has = (key) => key in this.words;

  /**
   * A text of the catalogue.
   * @param {string} key
   * @param {Record<string, string | number>} [values]
   */
  t = (key, values = {}) => (this.words[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));

  /**
   * A count with its noun: `key.one` or `key.many`.
   * @param {string} key
   * @param {number} n
   */
  count = (key, n) => this.t(n === 1 ? `${key}.one` : `${key}.many`, { n });

  /** What tells a visitor without a name from others: the end of their ID, by which the Visitors List finds them. @param {string} visitor */
  handle = (visitor) => visitor.slice(-4).toUpperCase();

  /**
   * What a visitor is called, the same everywhere.
   * @param {string | null | undefined} name as far as known
   * @param {string} visitor their ID
   */
  visitorName = (name, visitor) => name || this.t("visitor.unnamed", { handle: this.handle(visitor) });
}

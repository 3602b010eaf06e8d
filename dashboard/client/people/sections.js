// Which section the address names, and which was shown last; a reload loses neither.

import { PERSON } from "./people.js";

/** @typedef {Pick<import("../shell/kept.js").Kept, "kept" | "keep">} Store what keeps it, or a test's own */

export class Sections {
  /** @param {{store: Store, location: {hash: string}}} parts */
  constructor({ store, location }) {
    this.store = store;
    this.location = location;
    /** The titles of those that there are for this person. @type {string[]} */
    this.titles = [];
  }

  /** The section's id the address names, or null; what a section keeps in the address follows it after / or ?. */
  named() {
    const { hash } = this.location;
    return hash.startsWith(PERSON) ? null : hash.slice(1).split(/[/?]/)[0] || null;
  }

  /** The section last shown. */
  last() {
    return this.store.kept("section", "");
  }

  /** The whole address of the section last shown. */
  home() {
    return this.store.kept("home", "") || `#${this.last()}`;
  }

  /** @param {string} section */
  remember(section) {
    this.store.keep("section", section);
    if (this.named() === section) this.store.keep("home", this.location.hash);
  }
}

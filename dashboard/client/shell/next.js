// Who comes next by one key: those that wait somewhere, in their order; the first who is there is taken.

export class Next {
  constructor() {
    /** @type {{rank: number, take: () => boolean}[]} */
    this.waiting = [];
  }

  /**
   * Where somebody may wait; returns what ends it.
   * @param {number} rank the lowest is asked first
   * @param {() => boolean} take takes who waits there longest; false where nobody does
   */
  from(rank, take) {
    const one = { rank, take };
    this.waiting = [...this.waiting, one].sort((a, b) => a.rank - b.rank);
    return () => {
      this.waiting = this.waiting.filter((other) => other !== one);
    };
  }

  /** Take the next one; whether there was any. */
  take() {
    return this.waiting.some(({ take }) => take());
  }
}

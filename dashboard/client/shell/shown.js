// The time that is shown: now; or a moment of the past, from which it goes on at a speed. What is drawn as so long ago
// counts from it, so that "6 min" is right whichever is looked at.

export class Shown {
  /** @param {() => number} now the clock, in ms */
  constructor(now) {
    this.clock = now;
    /** @type {{at: number, since: number, speed: number} | null} What is looked at, and since when by the clock. */
    this.past = null;
  }

  /** The time that is shown, in ms. */
  now() {
    const { past } = this;
    return past ? past.at + (this.clock() - past.since) * past.speed : this.clock();
  }

  /**
   * From now on a moment of the past is shown.
   * @param {number} at in ms
   * @param {number} speed seconds of it in a second; 0: it stands
   */
  rewind(at, speed) {
    this.past = { at, since: this.clock(), speed };
  }

  /** Back to what is now. */
  live() {
    this.past = null;
  }
}

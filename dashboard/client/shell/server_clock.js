// The server's time, whatever this computer takes for the time: told with the page and by each answer to a ping, and gone
// on with by a clock that nobody sets.

export class ServerClock {
  /**
   * @param {() => number} steady a clock that only goes on, in ms
   * @param {() => number} own this computer's time, in ms: while the server has said nothing
   */
  constructor(steady, own) {
    this.steady = steady;
    this.own = own;
    /** @type {{at: number, when: number} | null} What the server said, and when by the steady clock. */
    this.told = null;
  }

  /** In ms since 1970. */
  now() {
    return this.told ? this.told.at + this.steady() - this.told.when : this.own();
  }

  /**
   * The server said its time, somewhen between a question and the answer: what is known better than that stays.
   * @param {number} at in ms since 1970
   * @param {number} asked by the steady clock
   */
  hear(at, asked) {
    const when = this.steady();
    const doubt = (when - asked) / 2;
    if (!this.told || Math.abs(at + doubt - this.now()) > doubt) this.told = { at: at + doubt, when };
  }
}

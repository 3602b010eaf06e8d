// The page's heading and the window's title, with the number of what waits for this operator before it.

const HOUSE = "Parlour";

export class Title {
  /** @param {{title: string, getElementById: (id: string) => {textContent: string | null} | null}} document */
  constructor(document) {
    this.document = document;
    /** @type {Map<string, number>} */
    this.counts = new Map();
    this.text = HOUSE;
  }

  /** What the work area shows now. @param {string} what */
  of(what) {
    const heading = this.document.getElementById("heading");
    if (heading && heading.textContent !== what) heading.textContent = what;
    this.text = what;
    this.draw();
  }

  /**
   * How much of something waits: unread messages, requests that ring.
   * @param {string} what
   * @param {number} n
   */
  waits(what, n) {
    if (this.counts.get(what) === n) return;
    this.counts.set(what, n);
    this.draw();
  }

  draw() {
    const sum = [...this.counts.values()].reduce((all, one) => all + one, 0);
    this.document.title = `${sum ? `(${sum}) ` : ""}${this.text === HOUSE ? HOUSE : `${this.text} · ${HOUSE}`}`;
  }
}

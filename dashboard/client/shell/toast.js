// A word on what was just done, for some seconds, over any section; nothing is moved by it.

const SHOWN = 5_000; // ms

export class Toast {
  /** @param {() => {textContent: string | null, dataset: DOMStringMap} | null} place where it is said: a live region of the page */
  constructor(place) {
    this.place = place;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  /**
   * @param {string} text
   * @param {"fine" | "warned"} [how]
   */
  say(text, how = "fine") {
    const place = this.place();
    if (!place) return;
    clearTimeout(this.timer);
    place.dataset.how = how;
    place.textContent = text;
    this.timer = setTimeout(() => (place.textContent = ""), SHOWN);
  }
}

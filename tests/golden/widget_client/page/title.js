// The page's title, which says for a while that there is an answer, turn by turn with its own words.

const TURN = 1_000; // ms

export class Title {
  #said = "";
  #own = "";
  #timer = 0;

  constructor() {
    document.addEventListener("visibilitychange", () => document.hidden || this.say(""));
  }

  /** @param {string} text "" gives the page its own title back */
  say(text) {
    clearInterval(this.#timer);
    this.#restore();
    if (!text) return;
    this.#show(text);
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    this.#timer = setInterval(() => (this.#said ? this.#restore() : this.#show(text)), TURN);
  }

  /** @param {string} text */
  #show(text) {
    this.#own = document.title;
    document.title = text;
    this.#said = document.title; // as the browser keeps it
  }

  /** The page may have got another title of its own meanwhile: that one stays. */
  #restore() {
    if (this.#said && document.title === this.#said) document.title = this.#own;
    this.#said = "";
  }
}

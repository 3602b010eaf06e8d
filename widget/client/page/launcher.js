// The button on the site's page, in an open shadow root that the page's styles cannot reach.
import { STYLE } from "./style.js";

const SPEECH = "M21 12a8 8 0 0 1-8 8H4l2-3.5A8 8 0 1 1 21 12Z";
const STAND = 100; // ms until it stands again where a framework made the page anew
const DOWN = "m6 9 6 6 6-6";

export class Launcher {
  #host = document.createElement("parlour-widget");
  #path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  #label = document.createElement("span");
  #standing = false;
  #watch = new MutationObserver(() => setTimeout(() => this.#stand(), STAND));
  root = this.#host.attachShadow({ mode: "open" });
  button = document.createElement("button");
  note = document.createElement("output"); // read aloud as a status

  /** @param {() => void} click @param {() => void} intent the pointer or the focus is on it */
  constructor(click, intent) {
    const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    icon.setAttribute("viewBox", "0 0 24 24");
    icon.setAttribute("aria-hidden", "true");
    icon.append(this.#path);
    this.button.type = "button";
    this.button.dir = "auto";
    this.button.append(icon, this.#label);
    this.button.onclick = click;
    this.button.onpointerenter = this.button.onfocus = intent;
    this.root.append(this.button);
    this.dress(STYLE);
    this.opened(false);
  }

  /** @param {string} css */
  dress(css) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    this.root.adoptedStyleSheets = [...this.root.adoptedStyleSheets, sheet];
  }

  /** Say what a click leads to; the first time this shows the button. @param {string} label @returns whether it was */
  show(label) {
    this.#label.textContent = label;
    if (this.#standing) return false;
    this.#standing = true;
    this.#stand();
    return true;
  }

  /** At the end of the document, whichever that is by now. */
  #stand() {
    const page = document.documentElement;
    if (!this.#standing || !page) return;
    if (!this.#host.isConnected) page.append(this.#host);
    for (const one of [document, page]) this.#watch.observe(one, { childList: true });
  }

  leave() {
    this.#standing = false;
    this.#watch.disconnect();
    this.#host.remove();
  }

  /** A sentence by the button, whose label stays what it is; "" takes it away. @param {string} text */
  say(text) {
    this.note.textContent = text;
    if (text) this.root.append(this.note);
    else this.note.remove();
  }

  /** @param {boolean} open */
  opened(open) {
    this.button.ariaExpanded = String(open);
    this.#path.setAttribute("d", open ? DOWN : SPEECH);
  }
}

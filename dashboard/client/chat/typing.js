// "Vera is typing…": shown for a while after each sign of it, gone with the message.

import { h } from "../look/dom.js";
import { t } from "../shell/facts.js";

const SHOWN = 5_000; // ms

export class Typing {
  constructor() {
    this.element = h("p", { class: "quiet typing", "aria-hidden": "true" });
    this.timer = 0;
  }

  /** @param {string} name what the visitor is called */
  heard(name) {
    this.element.textContent = t("live.typing", { name });
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.over(), SHOWN);
  }

  over() {
    clearTimeout(this.timer);
    this.element.textContent = "";
  }
}

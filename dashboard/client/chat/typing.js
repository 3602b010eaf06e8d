// "Vera is typing…": shown for a while after each sign of it, gone with the message.

import { h } from "../look/dom.js";
import { t, visitorName } from "../shell/facts.js";

const SHOWN = 5_000; // ms

export class Typing {
  constructor() {
    this.element = h("p", { class: "quiet typing", "aria-hidden": "true" });
    this.timer = 0;
  }

  /** @param {string | null} name of the visitor */
  heard(name) {
    this.element.textContent = t("live.typing", { name: visitorName(name) });
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.over(), SHOWN);
  }

  over() {
    clearTimeout(this.timer);
    this.element.textContent = "";
  }
}

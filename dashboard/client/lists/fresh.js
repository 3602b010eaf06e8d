// Whether what is shown of the past is up to date: a line that says so, and asking again by itself until it is.

import { h, icon } from "../look/dom.js";
import { t } from "../shell/facts.js";
import { coded } from "../shell/refusal.js";

const AGAIN = 3000; // ms
/** @type {Record<string, string>} */
const WORDS = { Busy: "stale.busy", TooSlow: "stale.busy", Forbidden: "stale.forbidden" };

export class Fresh {
  /** @param {() => void} ask asks again */
  constructor(ask) {
    this.ask = ask;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.element = h("p", { class: "stale", role: "status", hidden: true });
  }

  /** The answer is here. @param {boolean} stale */
  answered(stale) {
    this.say(stale ? t("stale.behind") : "", stale);
  }

  /**
   * No answer came.
   * @param {string} why the name of the error
   * @param {[number, number] | null} [made] while the tables are made: how many events are in them, of how many
   */
  failed(why, made) {
    if (made?.[1]) {
      const [done, of] = made;
      const told = { done: done.toLocaleString(), of: of.toLocaleString(), percent: Math.floor((100 * Math.min(done, of)) / of) };
      this.say(t("stale.made", told), true);
      return;
    }
    const away = why !== "BadSQL" && why !== "TooBig" && why !== "WrongToken" && why !== "Forbidden";
    this.say(t(WORDS[why] ?? (away ? "stale.away" : "stale.refused")), away, why);
  }

  /**
   * @param {string} text
   * @param {boolean} again
   * @param {string} [code] of the error
   */
  say(text, again, code = "") {
    clearTimeout(this.timer);
    if (again) this.timer = setTimeout(this.ask, AGAIN);
    this.element.hidden = !text;
    if (text !== this.element.dataset.text) this.element.replaceChildren(icon("away"), h("span", {}, ...(code ? coded(text, code) : [text])));
    this.element.dataset.text = text;
  }

  stop() {
    clearTimeout(this.timer);
  }
}

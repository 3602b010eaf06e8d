// Whether what is shown of the past is up to date: a line that says so, and asking again by itself until it is.

import { h, icon } from "../look/dom.js";
import { t } from "../shell/facts.js";

const AGAIN = 3000; // ms

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
    this.say(
      away ? t(why === "Busy" || why === "TooSlow" ? "stale.busy" : "stale.away") : t(why === "Forbidden" ? "stale.forbidden" : "stale.refused", { code: why }),
      away,
    );
  }

  /**
   * @param {string} text
   * @param {boolean} again
   */
  say(text, again) {
    clearTimeout(this.timer);
    if (again) this.timer = setTimeout(this.ask, AGAIN);
    this.element.hidden = !text;
    if (text !== this.element.dataset.text) this.element.replaceChildren(icon("away"), text);
    this.element.dataset.text = text;
  }

  stop() {
    clearTimeout(this.timer);
  }
}

// The figures over the lists of the Communication Overview: everything at a glance, over all departments.

import { h, icon, setText } from "../look/dom.js";
import { t } from "../shell/facts.js";
import { clock, secondsSince, span } from "../shell/time.js";

/** @import { FirstResponses, Overview } from "../wire.js" */

/** @type {[key: string, sign: string, value: (now: Overview) => number][]} */
const COUNTS = [
  ["waiting", "clock", (now) => now.waiting - now.ringing],
  ["in-chat", "chat", (now) => now.in_chat],
  ["on-hold", "pause", (now) => now.on_hold],
  ["invited", "bell", (now) => now.invited],
  ["left-open", "mail", (now) => now.left_open],
  ["available", "person", (now) => now.operators.available],
  ["full", "person", (now) => now.operators.full],
  ["wrap-up", "person", (now) => now.operators.wrap_up],
];
const ALWAYS = new Set(["waiting", "in-chat", "available"]); // shown at zero, too

/**
 * How hot it is: by the seconds of the longest wait, where somebody waits.
 * @param {number} waiting
 * @param {number} seconds
 */
export const heat = (waiting, seconds) => (!waiting ? "none" : seconds > 120 ? "3" : seconds > 45 ? "2" : "1");

/**
 * Who waits in a queue, and at how many operators it rings.
 * @param {Pick<Overview, "waiting" | "ringing">} now `waiting`: both together
 */
export const waitingWords = ({ waiting, ringing }) => t(ringing ? "headline.ringing" : "headline.waiting", { n: waiting - ringing, ringing });

export class Figures {
  constructor() {
    /** @type {Overview | null} */
    this.now = null;
    this.parts = COUNTS.map(([key, sign, value]) => {
      const number = h("b", {}, "–");
      const more = h("span", {});
      const words = h("span", {}, t(`overview.figure.${key}`));
      return { key, value, number, more, element: h("li", { class: "figure", hidden: !ALWAYS.has(key) }, icon(sign), number, words, more) };
    });
    this.response = h("b", {}, "–");
    const response = h("li", { class: "figure" }, icon("chat"), this.response, h("span", {}, t("overview.figure.response")));
    const scope = h("li", { class: "figure quiet" }, t("overview.scope"));
    this.element = h("ul", { class: "figures small", "aria-label": t("overview.figures") }, scope, ...this.parts.map((part) => part.element), response);
  }

  /** @param {Overview} now the value of "overview" */
  show(now) {
    this.now = now;
    for (const { key, value, number, element } of this.parts) {
      const n = value(now);
      setText(number, String(n));
      element.hidden = n === 0 && !ALWAYS.has(key);
    }
    this.tick();
  }

  /** @param {FirstResponses} value the value of "first_responses" */
  answer({ median_s }) {
    setText(this.response, median_s === null ? "–" : span(median_s));
  }

  /** The longest wait goes on. */
  tick() {
    const { waiting = 0, ringing = 0, longest_since = null } = this.now ?? {};
    const wait = /** @type {{element: HTMLElement, more: HTMLElement}} */ (this.parts[0]);
    const long = waiting && longest_since ? secondsSince(longest_since) : 0;
    const more = [ringing && t("overview.ringing", { n: ringing }), waiting && longest_since && `(${clock(long)})`];
    setText(wait.more, more.filter(Boolean).join(" "));
    wait.element.dataset.wait = heat(waiting, long);
  }
}

// The lines of a conversation in their order: each day has a line, an author is named once for what follows soon, and a
// line says from where on it is new to the reader.

import { h } from "../look/dom.js";
import { t } from "../shell/facts.js";
import { dayName, shown } from "../shell/time.js";
import { lineOf, wereFirst } from "./entries.js";
import { goesOn, sameDay } from "./following.js";

/** @import { Entry } from "../wire.js" */
/** @import { Said } from "./following.js" */

export class Lines {
  /** @param {string} visitor whose conversation it is */
  constructor(visitor) {
    this.visitor = visitor;
    this.element = h("div", { class: "lines" });
    /** @type {Said | null} What the last line says. */
    this.last = null;
    /** @type {Map<number, HTMLElement>} By the numbers of their entries. */
    this.byNumber = new Map();
    this.news = h("p", { class: "rule news" }, h("span", {}, t("live.new")));
  }

  /** Add an entry; its line, if it makes one. @param {Entry} entry */
  add(entry) {
    if (wereFirst(entry)) for (const said of this.element.querySelectorAll(".said-first")) said.remove();
    const line = lineOf(entry, this.visitor);
    if (!line) return null;
    if (!sameDay(this.last?.at ?? shown.now(), entry.at)) this.element.append(h("p", { class: "rule" }, h("time", { datetime: entry.at }, dayName(entry.at))));
    together(line, this.last, entry);
    this.last = entry;
    this.byNumber.set(entry.number, line);
    this.element.append(line);
    return line;
  }

  /** From an entry on it is new to who reads it now; null: nothing is. @param {number | null} number */
  newFrom(number) {
    this.news.remove();
    const line = number === null ? undefined : this.byNumber.get(number);
    line?.before(this.news);
    line?.classList.remove("follows");
  }
}

/**
 * Let a line stand with the one before it, where it goes on with that.
 * @param {HTMLElement} line
 * @param {Said | null} before
 * @param {Said} said
 */
export function together(line, before, said) {
  line.classList.toggle("follows", goesOn(before, said));
}

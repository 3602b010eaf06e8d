// A table of which only one page is here: sorted, searched and paged by whoever has the rows. Each question has a number,
// and an older answer than the last question's is dropped.

import { focused, h, icon } from "../look/dom.js";
import { Awaited } from "../shell/awaited.js";
import { t } from "../shell/facts.js";

const PAUSE = 250; // ms after the last sign typed

/**
 * @template {string} Key
 * @typedef {{key: Key, title: string, number?: boolean}} Column
 */
/**
 * @template {string} Key
 * @typedef {{sort: Key, desc: boolean, text: string, offset: number}} Question
 */

/** @template {string} Key of a column @template Row */
export class Paged {
  /**
   * @param {{store: import("../shell/kept.js").Kept, name: string, caption: string, columns: Column<Key>[], first: Question<Key>, descending: Key[], search: string, draw: (row: Row) => HTMLTableRowElement, ask: (question: Question<Key> & {seq: number}) => void, empty: (searched: boolean) => string}} parts
   *   `descending`: the columns of which the largest come first
   */
  constructor(parts) {
    this.parts = parts;
    this.seq = 0;
    this.total = 0;
    this.size = 1;
    /** @type {Question<Key>} */
    this.question = { ...parts.first, ...parts.store.kept(`table.${parts.name}`, {}) };
    this.search = h("input", { type: "search", "aria-label": t("table.search"), placeholder: parts.search, maxlength: "200" });
    this.search.value = this.question.text;
    this.heads = parts.columns.map((column) => this.head(column));
    this.body = h("tbody");
    this.table = h(
      "table",
      { class: "rows-table paged" },
      h("caption", { class: "hidden" }, parts.caption),
      h("thead", {}, h("tr", {}, ...this.heads, h("th", { scope: "col", class: "acts" }, h("span", { class: "hidden" }, t("actions"))))),
      this.body,
    );
    this.empty = h("p", { class: "empty small", hidden: true });
    this.range = h("p", { class: "range", role: "status" });
    const step = (/** @type {string} */ key, /** @type {string} */ sign, /** @type {() => number} */ to) =>
      h("button", { type: "button", class: "plain", "aria-label": t(key), title: t(key), onclick: () => this.go({ offset: to() }) }, icon(sign));
    this.back = [step("table.first", "first", () => 0), step("table.previous", "previous", () => Math.max(0, this.question.offset - this.size))];
    this.forth = [step("table.next", "next", () => this.question.offset + this.size), step("table.last", "last", () => this.lastPage())];
    const pager = h("nav", { class: "pager", "aria-label": t("table.pages") }, this.range, ...this.back, ...this.forth);
    this.element = h(
      "section",
      { class: "panel table-panel", "aria-label": parts.caption },
      h("div", { class: "table-tools" }, this.search, pager),
      h("div", { class: "table-scroll" }, this.table),
      this.empty,
    );
    this.awaited = new Awaited(this.element, "cells", 12);
    this.listen();
  }

  /** @param {Column<Key>} column */
  head({ key, title, number }) {
    const button = h("button", { type: "button", class: "sorter", onclick: () => this.sort(key) }, h("span", {}, title), icon("sort"));
    return h("th", { scope: "col", "data-key": key, class: number ? "number" : "" }, button);
  }

  listen() {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let pause;
    this.search.addEventListener("input", () => {
      clearTimeout(pause);
      pause = setTimeout(() => this.go({ text: this.search.value, offset: 0 }), PAUSE);
    });
    this.body.addEventListener("keydown", (event) => {
      const row = /** @type {HTMLElement} */ (event.target);
      if (row.tagName !== "TR") return;
      const go = event.key === "ArrowDown" ? row.nextElementSibling : event.key === "ArrowUp" ? row.previousElementSibling : null;
      if (go instanceof HTMLElement) {
        event.preventDefault();
        go.focus();
      } else if (event.key === "PageDown" && this.question.offset < this.lastPage()) this.go({ offset: this.question.offset + this.size });
      else if (event.key === "PageUp" && this.question.offset) this.go({ offset: Math.max(0, this.question.offset - this.size) });
    });
  }

  lastPage() {
    return Math.max(0, Math.floor((this.total - 1) / this.size) * this.size);
  }

  /** @param {Key} key */
  sort(key) {
    const desc = key === this.question.sort ? !this.question.desc : this.parts.descending.includes(key);
    this.go({ sort: key, desc, offset: 0 });
  }

  /** Ask for another page. @param {Partial<Question<Key>>} change */
  go(change = {}) {
    this.question = { ...this.question, ...change };
    this.parts.store.keep(`table.${this.parts.name}`, this.question);
    for (const head of this.heads) {
      const sorted = head.dataset.key === this.question.sort;
      head.setAttribute("aria-sort", sorted ? (this.question.desc ? "descending" : "ascending") : "none");
    }
    this.table.setAttribute("aria-busy", "true");
    this.parts.ask({ ...this.question, seq: (this.seq += 1) });
  }

  /**
   * @param {number} seq
   * @param {{rows: Row[], offset: number, total: number, size: number}} answer
   */
  show(seq, { rows, offset, total, size }) {
    if (seq !== this.seq) return false;
    this.total = total;
    this.size = size;
    this.question.offset = offset;
    this.table.removeAttribute("aria-busy");
    this.awaited.come();
    const held = this.body.contains(focused());
    this.body.replaceChildren(...rows.map(this.parts.draw));
    if (held) /** @type {HTMLElement | null} */ (this.body.firstElementChild)?.focus(); // who pages by keys stays in the table
    this.empty.hidden = rows.length > 0;
    this.empty.replaceChildren(this.parts.empty(this.question.text !== ""));
    const range = { from: (offset + 1).toLocaleString(), to: (offset + rows.length).toLocaleString(), total: total.toLocaleString() };
    this.range.replaceChildren(total ? t("table.range", range) : "");
    for (const button of this.back) button.disabled = offset === 0;
    for (const button of this.forth) button.disabled = offset + rows.length >= total;
    return true;
  }
}

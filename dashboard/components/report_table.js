// The tables of a report, each with its caption, what is behind it, and its CSV; sorted here, by any column. Text only
// ever becomes text.

import { cell, isNumber } from "/app/static/parlour/lists/cells.js";
import { h, icon, renew } from "/app/static/parlour/look/dom.js";
import { explainer } from "/app/static/parlour/reports/explain.js";
import { Awaited } from "/app/static/parlour/shell/awaited.js";
import { t } from "/app/static/parlour/shell/facts.js";
import { attach } from "/app/static/parlour/shell/live.js";

/** @import { Head, Table } from "/app/static/parlour/wire.js" */
/** @typedef {{column: number, desc: boolean}} Sort */

/** @param {import("/app/static/parlour/shell/live.js").Parts} parts */
export function render(parts) {
  const place = h("div", { class: "tables" });
  /** @type {Map<string, Sort>} The chosen order of each table by its title, which outlasts new rows. */
  const sorts = new Map();
  const awaited = new Awaited(place, "cells", 6);
  let shown = "";
  attach(parts, {
    on: {
      tables: ({ tables, zone }) => {
        const content = JSON.stringify([zone, tables.map(({ title, columns, rows }) => [title, columns, rows])]);
        const links = [...place.querySelectorAll("a")];
        if (content === shown) tables.forEach((table, n) => links[n]?.setAttribute("href", table.csv));
        else
          renew(
            place,
            tables.map((table) => tableOf(table, sorts, zone)),
          );
        shown = content;
      },
    },
    awaits: { tables: [awaited] },
  });
  return place;
}

/**
 * @param {Table} told
 * @param {Map<string, Sort>} sorts
 * @param {string} zone by whose clocks times are told
 */
function tableOf(told, sorts, zone) {
  const body = h("tbody");
  const heads = told.columns.map((column, n) => headOf(column, () => sort(n)));
  const draw = () => {
    const chosen = sorts.get(told.title);
    heads.forEach((head, n) => head.setAttribute("aria-sort", chosen?.column !== n ? "none" : chosen.desc ? "descending" : "ascending"));
    const rows = chosen ? [...told.rows].sort((a, b) => compare(a[chosen.column], b[chosen.column], chosen.desc)) : told.rows;
    body.replaceChildren(...rows.map((row) => h("tr", {}, ...row.map((value, n) => cell(value, told.columns[n]?.kind ?? "text", n === 0, zone)))));
  };
  const sort = (/** @type {number} */ column) => {
    const before = sorts.get(told.title);
    const desc = before?.column === column ? !before.desc : told.columns[column]?.kind !== "text";
    sorts.set(told.title, { column, desc });
    draw();
  };
  draw();
  const csv = h(
    "a",
    { class: "csv", href: told.csv, download: "", "aria-label": t("reports.csv.of", { title: told.title }) },
    icon("download"),
    t("reports.csv"),
  );
  const table = h("table", { class: "rows-table" }, h("caption", {}, told.title), h("thead", {}, h("tr", {}, ...heads)), body);
  const empty = told.rows.length ? null : h("p", { class: "empty small" }, t("reports.empty"));
  return h(
    "section",
    { class: "panel table-panel", "aria-label": told.title, "data-of": told.title },
    h("div", { class: "table-tools" }, csv, explainer(told)),
    h("div", { class: "table-scroll", tabindex: "0", role: "group", "aria-label": told.title }, table),
    empty,
  );
}

/**
 * @param {Head} column
 * @param {() => void} sort
 */
function headOf({ title, kind }, sort) {
  const button = h("button", { type: "button", class: "sorter", onclick: sort }, h("span", {}, title), icon("sort"));
  return h("th", { scope: "col", class: isNumber(kind) ? "number" : `is-${kind}` }, button);
}

/**
 * Which of two values comes first; what is unknown comes last, whichever way it is sorted.
 * @param {unknown} a
 * @param {unknown} b
 * @param {boolean} desc
 */
function compare(a, b, desc) {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const order = typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), undefined, { numeric: true });
  return desc ? -order : order;
}

export default { render };

// The tables of a report, each with its caption, what is behind it, and its CSV. Text only ever becomes text.

import { cell, isNumber } from "/app/static/parlour/cells.js";
import { h, icon } from "/app/static/parlour/dom.js";
import { explainer } from "/app/static/parlour/explain.js";
import { t } from "/app/static/parlour/facts.js";
import { attach } from "/app/static/parlour/live.js";

/** @typedef {{title: string, columns: {title: string, kind: import("/app/static/parlour/cells.js").Kind}[], rows: any[][], csv: string, definition: string, sql: string, params: (string | null)[]}} Told */

/** @param {import("/app/static/parlour/live.js").Parts} parts */
export function render(parts) {
  const place = h("div", { class: "tables" });
  let shown = "";
  attach(parts, {
    on: {
      tables: (message) => {
        /** @type {Told[]} */
        const tables = message.body;
        const content = JSON.stringify(tables.map(({ title, columns, rows }) => [title, columns, rows]));
        const links = [...place.querySelectorAll("a")];
        if (content === shown) tables.forEach((table, n) => links[n]?.setAttribute("href", table.csv));
        else place.replaceChildren(...tables.map(tableOf));
        shown = content;
      },
    },
  });
  return place;
}

/** @param {Told} told */
function tableOf(told) {
  const head = h("tr", {}, ...told.columns.map(({ title, kind }) => h("th", { scope: "col", class: isNumber(kind) ? "number" : `is-${kind}` }, title)));
  const rows = told.rows.map((row) => h("tr", {}, ...row.map((value, n) => cell(value, told.columns[n]?.kind ?? "text", n === 0))));
  const csv = h("a", { class: "csv", href: told.csv, download: "", "aria-label": t("reports.csv.of", { title: told.title }) }, icon("download"), t("reports.csv"));
  const table = h("table", { class: "rows-table" }, h("caption", {}, told.title), h("thead", {}, head), h("tbody", {}, ...rows));
  const empty = rows.length ? null : h("p", { class: "empty small" }, t("reports.empty"));
  return h("section", { class: "panel table-panel", "aria-label": told.title }, h("div", { class: "table-tools" }, csv, explainer(told)), h("div", { class: "table-scroll", tabindex: "0", role: "group", "aria-label": told.title }, table), empty);
}

export default { render };

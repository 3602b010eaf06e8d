// What is behind a figure: its definition in words, its SQL, and a notebook's cell, in a dialog over the page.

import { copied } from "../shell/copied.js";
import { openDialog } from "../shell/dialog.js";
import { h } from "../look/dom.js";
import { t } from "../shell/facts.js";
import { moreButton, openMenu } from "../shell/menu.js";

/** @typedef {Pick<import("../wire.js").Figure, "title" | "definition" | "sql" | "params" | "cell">} Behind */

/**
 * The "⋯" button of a figure or a table.
 * @param {Behind} behind
 */
export function explainer(behind) {
  const label = t("reports.behind", { title: behind.title });
  const button = moreButton({ label });
  const items = [
    { label: t("reports.definition"), run: () => show(button, behind, t("reports.definition"), h("p", { class: "words" }, behind.definition)) },
    { label: t("reports.sql"), run: () => show(button, behind, t("reports.sql"), sqlOf(behind)) },
    { label: t("reports.notebook"), run: () => show(button, behind, t("reports.notebook"), cellOf(behind)) },
  ];
  button.addEventListener("click", () => openMenu(button, items, { label }));
  return button;
}

/** The question as it was asked, with its values. @param {Behind} behind */
function sqlOf({ sql, params }) {
  const values = Object.entries(params)
    .map(([name, value]) => `-- $${name} = ${value === null ? "NULL" : `'${value}'`}`)
    .join("\n");
  return code(`${values}\n\n${sql}`, t("reports.copied.sql"));
}

/** The code for a notebook, and what to do with it. @param {Behind} behind */
function cellOf({ cell }) {
  const how = h("p", { class: "quiet" }, t("reports.notebook.how"), " ", h("code", {}, "parlour notebooks"));
  return h("div", {}, how, code(cell, t("reports.copied")));
}

/**
 * A text for a program, and a button that copies it.
 * @param {string} text
 * @param {string} done what is said once it is copied
 */
function code(text, done) {
  const shown = h("pre", { class: "sql", tabindex: "0" }, text);
  const said = h("span", { class: "quiet", role: "status" });
  const copy = h(
    "button",
    { type: "button", onclick: async () => (said.textContent = (await copied(shown)) ? done : t("reports.not-copied")) },
    t("reports.copy"),
  );
  return h("div", {}, shown, h("p", { class: "actions" }, said, copy));
}

/**
 * @param {HTMLElement} anchor
 * @param {Behind} behind
 * @param {string} what
 * @param {HTMLElement} content
 */
function show(anchor, behind, what, content) {
  const home = /** @type {ShadowRoot} */ (anchor.getRootNode());
  // While it is open new figures may come, with new buttons.
  const back = () =>
    [...home.querySelectorAll("button.more")].find((button) => button.getAttribute("aria-label") === anchor.getAttribute("aria-label")) ?? null;
  const dialog = openDialog(home, `${behind.title}: ${what}`, { kind: "behind", back }, content);
  /** @type {HTMLElement | null} */ (dialog.querySelector(".dialog-head button"))?.focus();
}

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

/** @param {Behind} behind */
function sqlOf({ sql, params }) {
  const values = Object.entries(params)
    .map(([name, value]) => `-- $${name} = ${value === null ? "NULL" : `'${value}'`}`)
    .join("\n");
  return h("pre", { class: "sql", tabindex: "0" }, `${values}\n\n${sql}`);
}

/** The code for a notebook, and a button that copies it. @param {Behind} behind */
function cellOf({ cell }) {
  const code = h("pre", { class: "sql", tabindex: "0" }, cell);
  const said = h("span", { class: "quiet", role: "status" });
  const copy = h(
    "button",
    { type: "button", onclick: async () => (said.textContent = t((await copied(code)) ? "reports.copied" : "reports.not-copied")) },
    t("reports.copy"),
  );
  return h("div", {}, h("p", { class: "actions" }, copy, said), code);
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

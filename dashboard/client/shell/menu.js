// A pop-up menu: by pointer and by keyboard; focus goes back where it came from.

import { h, icon } from "../look/dom.js";
import { t } from "./facts.js";

/** @typedef {{label: string, run: () => void}} Item */

/**
 * The "⋯" button of a menu.
 * @param {{kind?: string, label?: string}} [options] `kind`: its classes; `label`: what is read out
 */
export function moreButton({ kind = "icon-button more", label = t("actions") } = {}) {
  return h(
    "button",
    { type: "button", class: kind, "aria-haspopup": "menu", "aria-expanded": "false", "aria-label": label, title: t("actions") },
    icon("more"),
  );
}

/**
 * Let a row's menu be opened by its "⋯" and by a right click.
 * @param {{row: HTMLElement, more: HTMLElement, anchor: HTMLElement}} parts `anchor`: what gets the focus back after a right click
 * @param {() => Item[]} items
 * @param {() => string} label
 */
export function listenForMenu({ row, more, anchor }, items, label) {
  more.addEventListener("click", () => openMenu(more, items(), { label: label() }));
  row.addEventListener("contextmenu", (event) => {
    event.preventDefault();
    openMenu(anchor, items(), { label: label(), at: { x: event.clientX, y: event.clientY } });
  });
}

/**
 * Open a menu below an element, or at a point.
 * @param {HTMLElement} anchor what opened it; gets the focus back
 * @param {Item[]} items
 * @param {{label: string, at?: {x: number, y: number} | undefined, head?: Node}} options
 */
export function openMenu(anchor, items, { label, at, head }) {
  const home = /** @type {ShadowRoot} */ (anchor.getRootNode());
  home.querySelector(".menu")?.dispatchEvent(new CustomEvent("dismiss"));
  const buttons = items.map((item) => h("button", { type: "button", role: "menuitem", tabindex: "-1", onclick: () => choose(item) }, item.label));
  const list = h("div", { role: "menu", "aria-label": label }, ...buttons);
  const menu = h("div", { class: "menu" }, head, list);

  const close = () => {
    menu.remove();
    document.removeEventListener("pointerdown", outside, true);
    anchor.setAttribute("aria-expanded", "false");
  };
  const choose = (/** @type {Item} */ item) => {
    close();
    anchor.focus();
    item.run();
  };
  const outside = (/** @type {Event} */ event) => {
    if (!event.composedPath().includes(menu)) close();
  };
  menu.addEventListener("dismiss", close);
  menu.addEventListener("keydown", (event) => {
    const here = buttons.indexOf(/** @type {HTMLButtonElement} */ (home.activeElement));
    const go = /** @type {Record<string, number>} */ ({ ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: buttons.length - 1 })[event.key];
    if (go !== undefined) {
      event.preventDefault();
      buttons[(go + buttons.length) % buttons.length]?.focus();
    } else if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      event.stopPropagation();
      close();
      anchor.focus();
    }
  });
  document.addEventListener("pointerdown", outside, true);
  anchor.setAttribute("aria-expanded", "true");
  home.append(menu);
  place(menu, anchor, at);
  buttons[0]?.focus();
}

/**
 * @param {HTMLElement} menu
 * @param {HTMLElement} anchor
 * @param {{x: number, y: number} | undefined} at
 */
function place(menu, anchor, at) {
  const box = anchor.getBoundingClientRect();
  const x = at ? at.x : box.right - menu.offsetWidth;
  const y = at ? at.y : box.bottom + 4;
  menu.style.left = `${Math.max(8, Math.min(x, innerWidth - menu.offsetWidth - 8))}px`;
  menu.style.top = `${Math.max(8, Math.min(y, innerHeight - menu.offsetHeight - 8))}px`;
}

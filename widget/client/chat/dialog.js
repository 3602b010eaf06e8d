// The frame of every view: a dialog with its name as the title, and the button that closes the window.
import { el, icon } from "./dom.js";

/**
 * @typedef {{ session: import("./session.js").Session, t: import("./texts.js").Texts, lang: string, close(): void,
 *   fit(small: HTMLElement | null): void }} Context `fit`: the window is as high as this needs, or as it can be
 * @typedef {{ element: HTMLElement, focus(): void, update(state: import("./state.js").State): void }} View `update` comes
 * with each change and once a second
 */

/**
 * @param {Context} context @param {string} kind for the style @param {string} title the dialog's name
 * @param {{ before?: Node, below?: Node, beside?: Node }} extra `before` and `below` the title, `beside` the close button
 * @param {Node[]} body
 */
export function dialog({ t, close }, kind, title, { before, below, beside }, ...body) {
  return el(
    "section",
    { class: `dialog ${kind}`, role: "dialog", "aria-labelledby": "title", tabindex: "-1" },
    el(
      "header",
      {},
      before,
      el("div", { class: "titles" }, el("h1", { id: "title" }, title), below),
      beside,
      el("button", { type: "button", class: "quiet round", "aria-label": t("window.close"), click: close }, icon("close")),
    ),
    ...body,
  );
}

/** Whether a keyboard that covers half a phone may come up by itself. */
export const mayType = () => matchMedia("(pointer: fine)").matches;

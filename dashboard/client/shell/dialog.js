// A dialog over the page. It takes the focus but is not modal: a request that rings beside it can be answered.

import { focused, focusHeading, h, icon } from "../look/dom.js";
import { t } from "./facts.js";

/**
 * Open a dialog; Esc and its button close it, and the focus goes back where it came from. Whether it is open says its
 * `open`, at once: its event `close` comes a turn later, when another may stand there.
 * @param {Node} home the shadow root to stand in
 * @param {string} label
 * @param {{kind?: string, back?: () => Element | null}} how `back`: what stands now for where the focus was, if that is gone or hidden
 * @param {...(Node | string | null | false)} children
 */
export function openDialog(home, label, { kind = "", back = () => null } = {}, ...children) {
  const before = focused();
  const close = h(
    "button",
    { type: "button", class: "icon-button", "aria-label": t("close"), title: t("close"), onclick: () => dialog.close() },
    icon("close"),
  );
  const dialog = h("dialog", { "aria-label": label, class: `dialog ${kind}` }, h("div", { class: "dialog-head" }, h("h2", {}, label), close), ...children);
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    dialog.close();
  });
  dialog.addEventListener("close", () => {
    const had = dialog.contains(focused());
    dialog.remove();
    if (had && !(takes(before) || takes(back()))) focusHeading();
  });
  home.appendChild(dialog);
  dialog.show();
  return dialog;
}

/** Whether an element takes the focus: one that is hidden does not. @param {Element | null} element */
function takes(element) {
  if (element instanceof HTMLElement && element.isConnected) element.focus();
  return element !== null && focused() === element;
}

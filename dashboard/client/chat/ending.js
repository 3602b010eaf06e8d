// "End this chat?": asked before a chat is ended for both.

import { h } from "../look/dom.js";
import { openDialog } from "../shell/dialog.js";
import { t } from "../shell/facts.js";

/**
 * Ask; the answer that changes nothing has the focus.
 * @param {Node} home the shadow root to stand in
 * @param {{called: string, end: () => void, back: () => HTMLElement}} parts `called`: what the visitor is called; `back`: what is there once it has ended
 */
export function askToEnd(home, { called, end, back }) {
  const yes = h("button", { type: "button", class: "plain" }, t("end.yes"));
  const no = h("button", { type: "button", class: "primary" }, t("end.no"));
  const lead = h("p", { class: "quiet" }, t("end.lead", { visitor: called }));
  const dialog = openDialog(home, t("end.title"), { kind: "ending", back }, lead, h("div", { class: "actions" }, yes, no));
  no.addEventListener("click", () => dialog.close());
  yes.addEventListener("click", () => {
    dialog.close();
    end();
  });
  no.focus();
  return dialog;
}

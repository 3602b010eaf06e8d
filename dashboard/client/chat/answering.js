// The address of who left a message: one's own mail program begins the answer there, or it is copied.

import { h, icon } from "../look/dom.js";
import { copied } from "../shell/copied.js";
import { t } from "../shell/facts.js";
import { exact } from "../shell/time.js";
import { answerTo } from "./mail.js";

/**
 * @param {{email: string, subject: string | null | undefined, text: string, called: string, at: string}} left
 *   `called`: what the visitor was called
 */
export function addressOf({ email, subject, text, called, at }) {
  const re = t("left.re", { subject: subject || t("left.no-subject") });
  const href = answerTo({ to: email, subject: re, head: t("left.wrote", { at: exact(at), name: called }), text });
  const link = h("a", { href, title: t("left.answer") }, email);
  const said = h("span", { role: "status" });
  const copy = h("button", { type: "button", class: "icon-button", "aria-label": t("left.copy"), title: t("left.copy") }, icon("copy"));
  copy.addEventListener("click", async () => {
    said.textContent = t((await copied(link)) ? "left.copied" : "reports.not-copied");
  });
  return [link, copy, said];
}

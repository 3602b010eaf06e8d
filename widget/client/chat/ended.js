// What stands in the composer's place when the conversation is over.
import { el } from "./dom.js";

/** @param {import("./dialog.js").Context} context */
export function ended({ session, t }) {
  const again = el("button", { type: "button", class: "primary", click: () => session.request.startAgain() }, t("ended.again"));
  return { element: el("div", { class: "ended" }, el("p", { role: "status" }, t("ended.title")), again), focus: () => again.focus() };
}

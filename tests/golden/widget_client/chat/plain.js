// The window before the server has answered, and where it never will.
import { dialog } from "./dialog.js";
import { el } from "./dom.js";

/** @param {"window.loading" | "window.unknown"} key @returns {(context: import("./dialog.js").Context) => import("./dialog.js").View} */
export const plain = (key) => (context) => {
  const waiting = el("div", { class: "body" }, el("p", { class: "intro late" }, context.t(key)));
  const element = dialog(context, "plain", context.t("start.title"), {}, waiting);
  return { element, focus: () => element.focus(), update: () => {} };
};

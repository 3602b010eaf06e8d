// What stands in the composer's place when the conversation is over: that it is, by whom, and how to begin anew.
import { el, say } from "./dom.js";

/** @param {import("./dialog.js").Context} context */
export function ended({ session, t }) {
  const again = el("button", { type: "button", class: "primary", click: () => session.request.startAgain() }, t("ended.again"));
  const by = el("p", { class: "hint", dir: "auto" });
  const words = el("div", { class: "over-by", role: "status", tabindex: "-1" }, el("p", {}, t("ended.title")), by);
  return {
    element: el("div", { class: "ended" }, words, again),
    focus: () => words.focus(), // never the button: an Enter that was meant for a message would begin another chat
    /** @param {import("./state.js").State} state */
    update({ model: { conversation } }) {
      const end = conversation?.entries.findLast(({ what }) => what === "ended");
      const operator = end?.operator ?? conversation?.operator ?? t("chat.operator");
      say(by, end ? t(end.author === "visitor" ? "ended.visitor" : "ended.operator", { operator }) : "");
    },
  };
}

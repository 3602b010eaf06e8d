// The invitation: who invites, in their words, and "Start Chat". Closing it refuses it.
import { isInvitation, textOf } from "./conversation.js";
import { dialog } from "./dialog.js";
import { el, icon, say } from "./dom.js";

/** @param {import("./dialog.js").Context} context @returns {import("./dialog.js").View} */
export function invitation(context) {
  const { session, t } = context;
  const who = el("p", { class: "who" });
  const words = el("p", { class: "words", dir: "auto", role: "status" });
  const begin = el("button", { type: "button", class: "primary", click: () => session.request.open(true) }, t("invitation.start"));
  const element = dialog(
    context,
    "invitation",
    t("invitation.title"),
    { before: el("div", { class: "emblem" }, icon("person")), below: who },
    el("div", { class: "body" }, words, el("div", { class: "actions" }, begin)),
  );
  return {
    element,
    focus: () => begin.focus(),
    update({ model: { conversation } }) {
      say(who, [conversation?.operator, conversation?.department].filter(Boolean).join(" · "));
      const invited = conversation?.entries.find(isInvitation);
      say(words, invited ? textOf(invited) : "");
    },
  };
}

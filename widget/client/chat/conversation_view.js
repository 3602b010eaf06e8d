// "Chat with operator": the conversation, what is on its way, and the composer or the end.
import { composer } from "./composer.js";
import { may } from "./conversation.js";
import { dialog, mayType } from "./dialog.js";
import { el, say } from "./dom.js";
import { ended } from "./ended.js";
import { log } from "./log.js";
import { latest } from "./outbox.js";

/** @param {import("./dialog.js").Context} context @returns {import("./dialog.js").View} */
export function conversationView(context) {
  const { session, t } = context;
  const who = el("p", { class: "who" });
  const end = el("button", { type: "button", class: "secondary small", click: () => session.request.end() }, t("chat.end"));
  const said = log(context);
  const typing = el("p", { class: "typing", "aria-hidden": "true" });
  const write = composer(context);
  const over = ended(context);
  const foot = el("footer", {}, write.element);
  const element = dialog(context, "chat", t("chat.title"), { below: who, beside: end }, ...said.elements, typing, foot);

  return {
    element,
    focus: () => (element.contains(over.element) ? over : mayType() ? write : element).focus(),
    update(state) {
      const { conversation } = state.model;
      const goesOn = may(conversation, "end");
      say(who, [conversation?.operator, conversation?.department].filter(Boolean).join(" · "));
      said.update(state);
      const types = may(conversation, "typing") && state.typing;
      say(typing, types ? t("chat.typing", { operator: conversation?.operator ?? t("chat.operator") }) : "");
      end.hidden = !goesOn;
      end.disabled = latest(state.box, "end") !== undefined;
      (goesOn ? write : over).update(state);
      const present = goesOn ? write.element : over.element;
      if (foot.firstChild === present) return;
      const held = foot.contains(document.activeElement) || document.activeElement === document.body;
      foot.replaceChildren(present);
      if (held && document.hasFocus()) this.focus();
    },
  };
}

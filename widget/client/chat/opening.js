// "Open chat with operator": an invited visitor says who they are, if they like, and how they want to talk.
import { isInvitation, textOf } from "./conversation.js";
import { dialog, mayType } from "./dialog.js";
import { el, icon, say } from "./dom.js";
import { field } from "./field.js";
import { latest } from "./outbox.js";

/** @param {import("./dialog.js").Context} context @returns {import("./dialog.js").View} */
export function opening(context) {
  const { session, t } = context;
  const intro = el("p", { class: "intro" });
  const words = el("p", { class: "bubble", dir: "auto" });
  const name = field(
    t("start.name"),
    el("input", {
      type: "text",
      autocomplete: "given-name",
      maxlength: String(session.world.limits.name),
      placeholder: t("start.optional"),
      input: () => session.request.isCalled(name.control.value.trim()),
    }),
  );
  const begin = el("button", { class: "primary" }, t("start.text"));
  const back = el("button", { type: "button", class: "link", click: () => session.request.open(false) }, t("leave.back"));
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    session.request.start(name.control.value.trim());
  };
  const element = dialog(
    context,
    "start",
    t("opening.title"),
    {},
    el(
      "form",
      { class: "body", novalidate: true, submit },
      el("div", { class: "emblem" }, icon("person")),
      words,
      intro,
      name.element,
      el("div", { class: "actions" }, begin, back),
    ),
  );
  return {
    element,
    // Whose name is known has nothing to say but how they want to talk.
    focus: () => (session.state.model.name ? begin : mayType() ? name.control : element).focus(),
    update({ model, box }) {
      const invited = model.conversation?.entries.find(isInvitation);
      say(words, invited ? textOf(invited) : "");
      words.hidden = !words.textContent;
      say(intro, t("opening.intro", { operator: model.conversation?.operator ?? t("chat.operator") }));
      if (!name.control.value && document.activeElement !== name.control) name.control.value = model.name;
      begin.disabled = latest(box, "start") !== undefined;
    },
  };
}

// "Start communication": who is asked, by whom.
import { dialog, mayType } from "./dialog.js";
import { el, icon, say } from "./dom.js";
import { departments, field, lines } from "./field.js";
import { faultOf, isOfText } from "./limits.js";
import { latest } from "./outbox.js";
import { reason } from "./refusal.js";

/** @param {import("./dialog.js").Context} context @returns {import("./dialog.js").View} */
export function start(context) {
  const { session, t } = context;
  const gone = el("p", { class: "notice", hidden: true, role: "status" });
  const message = field(
    t("start.message"),
    lines(t("start.hint"), (text) => session.messages.draft(text)),
  );
  const choice = departments(t("start.department"));
  const unserved = el("p", { class: "hint", role: "status" });
  const name = field(
    t("start.name"),
    el("input", { type: "text", autocomplete: "given-name", maxlength: String(session.world.limits.name), placeholder: t("start.optional") }),
  );
  const error = el("p", { class: "error", role: "alert" });
  const ask = el("button", { class: "primary" }, t("start.text"));
  const leave = el("button", { type: "button", class: "link", click: () => session.left.show(true) }, t("start.leave"));
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const words = message.control.value.trim();
    const fault = faultOf(words, session.world.limits.message);
    message.wrong(reason(t, fault && { t: "error", ...fault }));
    if (fault) message.control.focus();
    else if (!ask.disabled) session.request.ask(name.control.value.trim(), choice.control.value || undefined, words || undefined);
  };
  choice.control.addEventListener("change", () => update(session.state));

  const element = dialog(
    context,
    "start",
    t("start.title"),
    {},
    el(
      "form",
      { class: "body", novalidate: true, submit },
      el("div", { class: "emblem" }, icon("person")),
      gone,
      el("p", { class: "intro" }, t("start.intro")),
      message.element,
      choice.element,
      unserved,
      name.element,
      el("div", { class: "actions" }, error, ask, leave),
    ),
  );

  /** @param {import("./state.js").State} state */
  function update({ model, box, draft, cancelled, dismissed, opening }) {
    if (message.control.value !== draft) message.control.value = draft;
    choice.update(model.departments);
    if (!name.control.value && document.activeElement !== name.control) name.control.value = model.name;
    const chosen = model.departments.find(({ id }) => id === choice.control.value);
    say(unserved, chosen?.service === "message" ? t("start.unserved", { department: chosen.name }) : "");
    const { conversation } = model;
    const late = conversation?.state === "expired" && conversation.id === opening;
    gone.hidden = !late && (conversation?.state !== "abandoned" || [cancelled, dismissed].includes(conversation.id));
    say(gone, t(late ? "start.late" : "start.gone"));
    const asking = latest(box, "ask");
    ask.disabled = asking !== undefined && asking.state !== "refused";
    const ofWords = asking?.frame.t === "ask" && asking.frame.words && isOfText(asking.error, session.world.limits.message);
    if (ofWords) message.wrong(reason(t, asking?.error));
    say(error, ofWords ? "" : reason(t, asking?.error));
  }

  return {
    element,
    update,
    focus: () => (mayType() ? message.control : element).focus(),
  };
}

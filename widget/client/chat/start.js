// "Start communication": who is asked, by whom.
import { dialog, mayType } from "./dialog.js";
import { el, icon, say } from "./dom.js";
import { departments, field } from "./field.js";
import { latest } from "./outbox.js";
import { reason } from "./refusal.js";

/** @param {import("./dialog.js").Context} context @returns {import("./dialog.js").View} */
export function start(context) {
  const { session, t } = context;
  const gone = el("p", { class: "notice", hidden: true, role: "status" });
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
    session.request.ask(name.control.value.trim(), choice.control.value || undefined);
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
      choice.element,
      unserved,
      name.element,
      el("div", { class: "actions" }, error, ask, leave),
    ),
  );

  /** @param {import("./state.js").State} state */
  function update({ model, box, cancelled, dismissed, opening }) {
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
    say(error, reason(t, asking?.error));
  }

  return {
    element,
    update,
    focus: () => (!mayType() ? element : choice.element.hidden ? name.control : choice.control).focus(),
  };
}

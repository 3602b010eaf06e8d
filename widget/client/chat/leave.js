// "Leave a message": the form, and the thanks.
import { dialog, mayType } from "./dialog.js";
import { el, icon, say } from "./dom.js";
import { departments, field } from "./field.js";
import { firstWords, isOpen } from "./conversation.js";
import { faultOf, isAll } from "./limits.js";
import { latest } from "./outbox.js";
import { reason } from "./refusal.js";

/** @param {import("./dialog.js").Context} context @returns {import("./dialog.js").View} */
export function leave(context) {
  const { session, t } = context;
  const intro = el("p", { class: "intro" });
  const it = form(context);
  const back = el("button", { type: "button", class: "link", click: () => session.left.show(false) }, t("leave.back"));
  const send = el("button", { class: "primary" }, t("leave.send"));
  const error = el("p", { class: "error", role: "alert" });
  let address = ""; // to which it went
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const filled = it.read();
    if (filled) session.left.send(filled);
  };
  const writing = el(
    "form",
    { class: "body", novalidate: true, submit, input: keep },
    intro,
    ...it.elements,
    el("div", { class: "actions" }, error, send, back), // what is wrong stands where one looks, however long the form is
  );
  const done = el("button", { type: "button", class: "primary", click: finish }, t("leave.done"));
  const answer = el("p", { class: "hint", dir: "auto" });
  const thanks = el(
    "div",
    { class: "body thanks", role: "status" },
    el("div", { class: "calm" }, el("div", { class: "emblem" }, icon("mail")), el("p", { class: "big" }, t("leave.thanks")), answer),
    el("div", { class: "actions" }, done),
  );
  const element = dialog(context, "leave", t("leave.title"), {}, writing);

  /** Whoever is writing goes on writing, though somebody came meanwhile. */
  function keep() {
    if (!session.state.leaving) session.left.show(true, session.state.cut);
  }

  function finish() {
    session.request.startAgain();
    context.close();
  }

  return {
    element,
    focus: () => (element.contains(thanks) ? done.focus() : mayType() ? it.focus() : element.focus()),
    update(state) {
      const { model, box, thanked } = state;
      it.update(state);
      say(intro, t(state.cut ? "leave.cut" : model.service === "live" ? "leave.intro" : "leave.closed"));
      back.hidden = !isOpen(model.conversation) && model.service !== "live";
      const sent = latest(box, "leave");
      if (sent?.frame.t === "leave") address = sent.frame.email;
      send.disabled = sent !== undefined && sent.state !== "refused" && !sent.error;
      say(error, sent?.error?.reason === "bad-text" ? t("leave.bad") : reason(t, sent?.error));
      const over = thanked || (model.conversation?.state === "left" && model.conversation.id !== state.dismissed);
      if (!over || element.contains(thanks)) return;
      say(answer, address ? t("leave.answer_to", { address }) : t("leave.answer"));
      const held = writing.contains(document.activeElement) || document.activeElement === document.body;
      writing.replaceWith(thanks);
      if (held && document.hasFocus()) done.focus();
    },
  };
}

/** A browser's own kind of field for addresses takes and refuses others than the server. */
const AS_ADDRESS = { inputmode: "email", autocapitalize: "none", spellcheck: "false" };

/** The controls of the form. @param {import("./dialog.js").Context} context */
function form({ session, t }) {
  const { limits } = session.world;
  const input = (
    /** @type {string} */ autocomplete,
    /** @type {number} */ most,
    /** @type {Record<string, string>} */ more = { placeholder: t("start.optional") },
  ) => el("input", { type: "text", autocomplete, maxlength: String(most), ...more });
  const choice = departments(t("leave.department"));
  const name = field(t("leave.name"), input("name", limits.name));
  const email = field(t("leave.email"), input("email", limits.email, AS_ADDRESS));
  const subject = field(t("leave.subject"), input("off", limits.subject));
  const text = field(t("leave.message"), el("textarea", { rows: "4", dir: "auto" }));
  let begun = false;

  return {
    elements: [name.element, email.element, text.element, subject.element, choice.element],
    focus: () => (name.control.value ? email : name).control.focus(),
    /** @param {import("./state.js").State} state */
    update({ model, draft }) {
      if (!begun) text.control.value = draft.trim() ? draft : firstWords(model.conversation); // what was said goes along
      begun = true;
      choice.update(isOpen(model.conversation) ? [] : model.departments); // a waiting conversation has its department
      if (!name.control.value && document.activeElement !== name.control) name.control.value = model.name;
    },
    /** What was written, if it can go out; else says what is wrong. @returns {import("./left_message.js").Form | null} */
    read() {
      const given = email.control.value.trim();
      const fault = faultOf(text.control.value, limits.message);
      email.wrong(isAll(limits.address, given) ? "" : t(given ? "leave.no_address" : "leave.need_email", { address: given }));
      text.wrong(fault ? reason(t, { t: "error", ...fault }) : text.control.value.trim() ? "" : t("leave.need_message"));
      const wrong = [email, text].find(({ control }) => control.hasAttribute("aria-invalid"));
      wrong?.control.focus();
      if (wrong) return null;
      const value = (/** @type {{ control: { value: string } }} */ { control }) => control.value.trim();
      return { name: value(name), email: value(email), subject: value(subject), text: text.control.value, department: choice.control.value || undefined };
    },
  };
}

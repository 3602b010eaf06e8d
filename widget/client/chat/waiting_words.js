// What the visitor who waits has said that it is about, and the way to say it otherwise.
import { firstWords } from "./conversation.js";
import { el, say } from "./dom.js";
import { field, lines } from "./field.js";
import { faultOf } from "./limits.js";
import { latest } from "./outbox.js";
import { reason } from "./refusal.js";

/** Whether something is being written that is not said yet. @param {import("./state.js").State} state */
const isUnsaid = ({ draft, model }) => Boolean(draft.trim()) && draft.trim() !== firstWords(model.conversation);

/** A button that is off would lose the focus. @param {import("./state.js").State} state */
const isOnItsWay = ({ box }) => (latest(box, "reword")?.state ?? "refused") !== "refused";

/** @param {import("./dialog.js").Context} context */
export function waitingWords({ session, t }) {
  const words = el("p", { class: "bubble", dir: "auto" });
  const change = el("button", { type: "button", class: "link small", click: begin });
  const said = el("div", { class: "said" }, words, change);
  const message = field(
    t("start.message"),
    lines(t("start.hint"), (text) => session.messages.draft(text)),
  );
  const save = el("button", { class: "primary small" }, t("words.save"));
  const back = el("button", { type: "button", class: "link small", click: () => end() }, t("leave.back"));
  const form = el("form", { novalidate: true, submit }, message.element, el("div", { class: "choice" }, save, back));
  const element = el("div", { class: "first-words" }, said, form);
  let editing = isUnsaid(session.state);
  let sent = false; // and it is not said yet

  function begin() {
    if (!session.state.draft.trim()) session.messages.draft(firstWords(session.state.model.conversation));
    editing = true;
    update(session.state);
    focus();
  }

  /** @param {SubmitEvent} event */
  function submit(event) {
    event.preventDefault();
    if (isOnItsWay(session.state)) return;
    const fault = faultOf(message.control.value, session.world.limits.message);
    message.wrong(reason(t, fault && { t: "error", ...fault }));
    if (fault) message.control.focus();
    else {
      session.words.change(message.control.value);
      sent = true; // not before: an earlier one that was refused goes first
    }
  }

  function end() {
    session.words.leave();
    message.wrong("");
    editing = false;
    update(session.state);
    change.focus();
  }

  function focus() {
    const { control } = message;
    control.focus();
    control.setSelectionRange(control.value.length, control.value.length);
  }

  /** @param {import("./state.js").State} state */
  function update({ model, box, draft }) {
    const saving = latest(box, "reword");
    const held = form.contains(document.activeElement);
    const over = sent && !saving;
    if (over) [sent, editing] = [false, Boolean(draft.trim())]; // who went on writing goes on
    if (message.control.value !== draft) message.control.value = draft;
    if (saving?.state === "refused") message.wrong(reason(t, saving.error));
    const now = firstWords(model.conversation);
    say(words, now);
    words.hidden = !now;
    say(change, t(now ? "words.change" : "words.add"));
    said.hidden = editing;
    form.hidden = !editing;
    if (over && held && !editing) change.focus();
  }

  return { element, update, focus, editing: () => editing };
}

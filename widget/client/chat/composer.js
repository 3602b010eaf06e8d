// The box a message is written in. Enter sends, Shift+Enter breaks the line; it grows with the text to five lines.
import { may } from "./conversation.js";
import { el, icon, say } from "./dom.js";
import { reason } from "./refusal.js";

/** @param {import("./dialog.js").Context} context */
export function composer({ session, t }) {
  const notice = el("p", { class: "error", role: "alert", id: "notice" });
  const box = el("textarea", {
    rows: "1",
    "aria-label": t("chat.message"),
    "aria-describedby": "notice",
    placeholder: t("chat.placeholder"),
    dir: "auto",
    input: () => session.messages.draft(box.value),
    keydown,
  });
  const send = el("button", { class: "primary send", disabled: true }, el("span", {}, t("chat.send")), icon("send"));
  const hold = el("p", { class: "notice", role: "status", hidden: true }, icon("pause"), el("span"));
  const element = el("form", { class: "composer", submit }, hold, notice, el("div", { class: "row" }, box, send));

  let shown = "";

  /** @param {KeyboardEvent} event */
  function keydown(event) {
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    element.requestSubmit();
  }

  /** @param {SubmitEvent} event */
  function submit(event) {
    event.preventDefault();
    if (box.value.trim()) session.messages.write(box.value);
    box.focus();
  }

  function grow() {
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight + 2}px`;
  }
  new ResizeObserver(() => requestAnimationFrame(grow)).observe(box); // it has no height until it is on the screen

  return {
    element,
    focus: () => box.focus(),
    /** @param {import("./state.js").State} state */
    update(state) {
      const { conversation } = state.model;
      const held = !may(conversation, "say");
      say(notice, reason(t, state.notice));
      send.hidden = held;
      hold.hidden = !held;
      say(/** @type {Node} */ (hold.lastChild), held ? t("chat.on_hold", { operator: conversation?.operator ?? t("chat.operator") }) : "");
      if (shown === state.draft) return;
      shown = state.draft;
      if (box.value !== shown) box.value = shown;
      send.disabled = !shown.trim();
      grow();
    },
  };
}

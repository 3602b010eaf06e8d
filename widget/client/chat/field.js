// A labelled control with room for what is wrong with it.
import { el, say } from "./dom.js";

let count = 0;

/**
 * @template {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} C
 * @param {string} label @param {C} control
 */
export function field(label, control) {
  control.id = `field-${++count}`;
  const error = el("p", { class: "error", id: `${control.id}-error`, role: "alert" });
  const element = el("div", { class: "field" }, el("label", { for: control.id }, label), control, error);
  return {
    element,
    control,
    /** @param {string} text of what is wrong; "" takes it away */
    wrong(text) {
      say(error, text);
      if (text) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
      if (text) control.setAttribute("aria-describedby", error.id);
      else control.removeAttribute("aria-describedby");
    },
  };
}

/** A box for what it is about. Enter sends it, Shift+Enter breaks the line, as in a chat. @param {string} hint @param {(text: string) => void} wrote */
export function lines(hint, wrote) {
  const box = el("textarea", {
    rows: "2",
    dir: "auto",
    placeholder: hint,
    input: () => wrote(box.value),
    keydown: (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Enter" || event.shiftKey) return;
      event.preventDefault();
      box.form?.requestSubmit();
    },
  });
  return box;
}

/** A select of departments that keeps its choice when they change. @param {string} label */
export function departments(label) {
  const it = field(label, el("select"));
  return {
    ...it,
    /** Shown only where there is a choice. @param {readonly import("../wire/frames.js").Department[]} all */
    update(all) {
      it.element.hidden = all.length < 2;
      const key = all.map(({ id, name }) => `${id} ${name}`).join("\n");
      if (it.control.dataset.key === key) return;
      const chosen = it.control.value;
      it.control.dataset.key = key;
      it.control.replaceChildren(...all.map(({ id, name }) => el("option", { value: id }, name)));
      if (all.some(({ id }) => id === chosen)) it.control.value = chosen;
    },
  };
}

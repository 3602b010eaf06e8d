// The box to write into a conversation: Enter sends, Shift+Enter breaks, the draft survives a reload.

import { h } from "/app/static/parlour/dom.js";
import { t } from "/app/static/parlour/facts.js";
import { keep, kept } from "/app/static/parlour/kept.js";

const TALLEST = 120; // px, five lines
const TYPING = 2_500; // ms between two signs of typing

export class Composer {
  /**
   * @param {string} conversation
   * @param {{write: (text: string) => void, end: () => Promise<void>, typing: () => void}} does
   */
  constructor(conversation, { write, end, typing }) {
    this.draft = `draft.${conversation}`;
    this.write = write;
    this.box = h("textarea", { "aria-label": t("live.message"), placeholder: t("live.placeholder"), rows: "1" });
    this.button = h("button", { type: "submit", class: "primary" }, t("live.send"));
    const finish = h("button", { type: "button", class: "plain" }, t("live.end"));
    finish.addEventListener("click", async () => {
      finish.disabled = true;
      await end();
      finish.disabled = false;
    });
    this.element = h("form", { class: "composer" }, this.box, h("div", { class: "actions" }, finish, this.button));
    this.box.value = kept(this.draft, "");
    let said = -Infinity;
    this.box.addEventListener("input", () => {
      this.typed();
      if (!this.box.value.trim() || performance.now() - said < TYPING) return;
      said = performance.now();
      typing();
    });
    this.box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.send();
    });
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    this.typed();
  }

  /** The box holds something else now: keep it, fit it, and let it be sent where it is not blank. */
  typed() {
    this.button.disabled = this.box.value.trim() === "";
    keep(this.draft, this.box.value || null);
    this.box.style.height = "auto";
    if (this.box.scrollHeight) this.box.style.height = `${Math.min(this.box.scrollHeight, TALLEST)}px`;
  }

  send() {
    const text = this.box.value;
    if (text.trim() === "") return;
    this.box.value = "";
    this.typed();
    this.write(text);
    this.box.focus();
  }

  /** A refused text comes back, before what was typed since. @param {string} text */
  putBack(text) {
    this.box.value = this.box.value ? `${text}\n${this.box.value}` : text;
    this.typed();
  }

  forget() {
    keep(this.draft, null);
  }
}

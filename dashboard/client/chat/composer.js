// The box to write into a conversation: Enter sends, Shift+Enter breaks, the draft survives a reload. On hold nothing
// can be written, and the draft stays. What ends the chat stands last and asks once.

import { h, icon, setText } from "../look/dom.js";
import { settled } from "../look/settled.js";
import { may, t } from "../shell/facts.js";

const TALLEST = 120; // px, five lines
const TYPING = 2_500; // ms between two signs of typing

/** @typedef {{t: "end" | "hold" | "resume"}} Turn what its buttons ask for */

export class Composer {
  /**
   * @param {string} conversation
   * @param {{write: (text: string) => void, act: (turn: Turn) => Promise<void>, end: () => void, typing: () => void}} does
   * @param {import("../shell/kept.js").Kept} store
   */
  constructor(conversation, { write, act, end, typing }, store) {
    this.draft = `draft.${conversation}`;
    this.store = store;
    this.write = write;
    this.typing = typing;
    this.held = false;
    this.said = -Infinity;
    this.reason = h("p", { class: "halt", id: `held-${conversation}`, role: "status", hidden: true }, icon("pause"), t("live.held"));
    this.box = h("textarea", { "aria-label": t("live.message"), placeholder: t("live.placeholder"), rows: "1" });
    this.button = h("button", { type: "submit", class: "primary" }, t("live.send"));
    this.holding = h("button", { type: "button", class: "plain" }, t("live.hold"));
    const finish = h("button", { type: "button", class: "plain finish", onclick: end }, t("live.end"));
    once(this.holding, () => act({ t: this.held ? "resume" : "hold" }));
    this.element = h("form", { class: "composer" }, this.reason, this.box, h("div", { class: "actions" }, this.button, this.holding, finish));
    settled(finish);
    this.box.value = store.kept(this.draft, "");
    this.listen();
    this.typed();
  }

  listen() {
    this.box.addEventListener("input", () => {
      this.typed();
      if (!this.box.value.trim() || performance.now() - this.said < TYPING) return;
      this.said = performance.now();
      this.typing();
    });
    this.box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey) return;
      event.preventDefault();
      this.send();
    });
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
  }

  /** The chat is on hold, or goes on. @param {import("../wire.js").State | null} state */
  mind(state) {
    const on = may(state, "resume");
    if (on === this.held) return;
    this.held = on;
    setText(this.holding, t(on ? "live.resume" : "live.hold"));
    this.holding.removeAttribute("aria-disabled"); // it does something else now: the answer to what it did may come later
    this.holding.className = on ? "primary" : "plain";
    this.button.hidden = on;
    this.reason.hidden = !on;
    this.box.disabled = on;
    if (on) this.box.setAttribute("aria-describedby", this.reason.id);
    else this.box.removeAttribute("aria-describedby");
    this.typed();
    if (!on && this.element.contains(/** @type {ShadowRoot} */ (this.element.getRootNode()).activeElement)) this.box.focus();
  }

  /** The box holds something else now: keep it, fit it, and let it be sent where it is not blank. */
  typed() {
    this.button.disabled = this.held || this.box.value.trim() === "";
    this.store.keep(this.draft, this.box.value || null);
    this.box.style.height = "auto";
    if (this.box.scrollHeight) this.box.style.height = `${Math.min(this.box.scrollHeight, TALLEST)}px`;
  }

  send() {
    const text = this.box.value;
    if (this.held || text.trim() === "") return;
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
    this.store.keep(this.draft, null);
  }
}

/**
 * A button that waits for what it began.
 * @param {HTMLButtonElement} button
 * @param {() => Promise<void>} run
 */
function once(button, run) {
  button.addEventListener("click", async () => {
    if (button.getAttribute("aria-disabled") === "true") return;
    button.setAttribute("aria-disabled", "true");
    await run();
    button.removeAttribute("aria-disabled");
  });
}

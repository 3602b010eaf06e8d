// The profile's tab "Messages": every left message of this visitor, with where it stands, and the buttons to change that.

import { arrange, focused, h } from "../look/dom.js";
import { Awaited } from "../shell/awaited.js";
import { deeds, t } from "../shell/facts.js";
import { lineOf, visitorOf } from "./entries.js";
import { marks, signOfStanding, standing } from "./standing.js";
import { refusal } from "../shell/refusal.js";

/** @import { Asking } from "../shell/live.js" */
/** @import { Standing } from "./standing.js" */
/** @import { Entry, FromBrowser, State, Views } from "../wire.js" */

const MOST = 20; // left messages followed for one visitor

/** @type {Partial<Record<State, Standing>>} Where the message stands, by the conversation's state. */
const STANDS = { left: "open", answered: "answered", closed: "closed" };

export class LeftMessages {
  /**
   * @param {string} visitor whose they are
   * @param {{send: (message: FromBrowser) => void, ask: Asking, followed: () => string | null}} parts
   */
  constructor(visitor, { send, ask, followed }) {
    this.visitor = visitor;
    this.parts = { send, ask, followed };
    /** @type {Map<string, LeftMessage>} By conversation. */
    this.known = new Map();
    this.looked = false;
    this.list = h("ul", { class: "left-messages" });
    this.empty = h("p", { class: "empty small", hidden: true }, t("left.none"));
    this.problem = h("p", { role: "alert", class: "problem" });
    this.element = h("div", {}, this.problem, this.list, this.empty);
    this.awaited = new Awaited(this.element, "words", 4);
  }

  /** All that there are, are known of; what they say may be on its way. */
  complete() {
    if (!this.known.size) this.awaited.come();
    this.draw();
  }

  /** Show a left message of this visitor. @param {string} conversation */
  know(conversation) {
    if (this.known.has(conversation) || this.known.size >= MOST) return;
    this.known.set(conversation, new LeftMessage(this.visitor, (state) => this.mark(conversation, state)));
    if (this.looked) this.follow(conversation);
  }

  /** The tab is in sight: what is known of is read now. */
  look() {
    if (this.looked) return;
    this.looked = true;
    for (const conversation of this.known.keys()) this.follow(conversation);
    this.draw();
  }

  /** @param {string} conversation */
  follow(conversation) {
    if (conversation !== this.parts.followed()) this.parts.send({ t: "follow", conversation, after: null });
  }

  /** Whether this conversation is followed for its message. @param {string} conversation */
  holds(conversation) {
    return this.looked && this.known.has(conversation);
  }

  /**
   * A step of a conversation.
   * @param {string} conversation
   * @param {Views["conversation"]} body
   */
  take(conversation, body) {
    if (!("entry" in body)) return;
    const { entry } = body;
    if (entry.what === "left") this.know(conversation);
    const one = this.known.get(conversation);
    if (!one) return;
    one.take(entry);
    this.draw();
  }

  draw() {
    const shown = [...this.known.values()].filter((one) => one.at).sort((a, b) => (a.at < b.at ? 1 : -1));
    arrange(
      this.list,
      shown.map((one) => one.element),
    );
    if (shown.length) this.awaited.come();
    this.empty.hidden = shown.length > 0 || this.awaited.place.ariaBusy !== null;
  }

  /**
   * @param {string} conversation
   * @param {Standing} state
   */
  async mark(conversation, state) {
    this.problem.replaceChildren();
    const outcome = await this.parts.ask({ t: "mark", conversation, state });
    if (outcome.outcome === "refused") this.problem.replaceChildren(...refusal(outcome));
  }

  close() {
    if (!this.looked) return;
    for (const conversation of this.known.keys()) if (conversation !== this.parts.followed()) this.parts.send({ t: "unfollow", conversation });
  }
}

/** One left message, from its conversation's entries. */
class LeftMessage {
  /**
   * @param {string} visitor who left it
   * @param {(state: Standing) => void} mark
   */
  constructor(visitor, mark) {
    this.visitor = visitor;
    this.last = 0;
    this.at = "";
    this.state = "";
    this.text = h("div", {});
    this.buttons = h("div", { class: "actions" });
    this.steps = h("div", { class: "lines" });
    this.element = h("li", { class: "left-message" }, this.text, this.steps, this.buttons);
    this.change = mark;
  }

  /** @param {Entry} entry */
  take(entry) {
    if (entry.number <= this.last) return;
    this.last = entry.number;
    const state = STANDS[entry.state];
    if (!state) return;
    const line = lineOf(entry, this.visitor, { dated: true });
    if (entry.what === "left") {
      this.at = entry.at;
      this.element.setAttribute("aria-label", visitorOf(entry, this.visitor));
      if (line) this.text.replaceChildren(line);
    } else if (line) this.steps.append(line);
    this.state = state;
    const held = this.buttons.contains(focused());
    this.buttons.replaceChildren(
      standing(state),
      ...marks(deeds(entry.state)).map((one) =>
        h("button", { type: "button", class: "plain", onclick: () => this.change(one) }, signOfStanding(one), t(`left.mark.${one}`)),
      ),
    );
    if (held) this.buttons.querySelector("button")?.focus();
  }
}

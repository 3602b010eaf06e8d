// One conversation: its entries in order, what is on its way, and the box to write into it.

import { askToEnd } from "./ending.js";
import { Composer } from "./composer.js";
import { focused, h, icon, setText } from "../look/dom.js";
import { bubble, ofHouse, signOf, stamp } from "./entries.js";
import { Lines, together } from "./lines.js";
import { Awaited } from "../shell/awaited.js";
import { has, limits, may, me, t } from "../shell/facts.js";
import { refusal } from "../shell/refusal.js";
import { Typing } from "./typing.js";
import { Outbox } from "./outbox.js";
import { Reading } from "./reading.js";
import { Tail } from "./tail.js";
import { faultOf } from "./written.js";

/** @import { Turn } from "./composer.js" */
/** @import { Item } from "./outbox.js" */
/** @import { Asking } from "../shell/live.js" */
/** @import { Entry, FromBrowser, Refused, Views } from "../wire.js" */

const LOST = new Set(["ended", "not-active", "not-yours", "unknown-conversation"]); // refused for good: the text stays in sight

export class Conversation {
  /**
   * @param {string} id
   * @param {{ask: Asking, signal: (message: FromBrowser) => void, visitor: string, called: () => string, changed: () => void, store: import("../shell/kept.js").Kept}} parts
   *   `visitor`: whose it is, `called`: what they are called now
   */
  constructor(id, { ask, signal, visitor, called, changed, store }) {
    this.id = id;
    this.ask = ask;
    this.called = called;
    this.changed = changed;
    this.reading = new Reading(id, store);
    this.mine = false;
    /** @type {{number: number, line: HTMLElement}[]} Our messages that the visitor has not seen. */
    this.unseen = [];
    this.lines = new Lines(visitor);
    this.unsent = h("div", { class: "lines" });
    this.log = h("div", { role: "log", "aria-label": t("conversation"), class: "log", tabindex: "0" }, this.lines.element, this.unsent);
    this.awaited = new Awaited(this.log, "words", 3);
    this.tail = new Tail(this.log);
    /** Whether it is looked at. */
    this.inSight = false;
    this.note = h("p", { class: "quiet note" });
    this.over = h("p", { class: "ended", hidden: true, tabindex: "-1" }, t("live.ended"));
    this.problem = h("p", { role: "alert", class: "problem" });
    const does = {
      write: (/** @type {string} */ text) => this.write(text),
      act: (/** @type {Turn} */ act) => this.do(act),
      end: () => this.askToEnd(),
      typing: () => signal({ t: "typing", conversation: id }),
    };
    /** @type {HTMLDialogElement | null} */
    this.question = null;
    this.composer = new Composer(id, does, store);
    this.typing = new Typing();
    this.element = h("div", { class: "conversation" }, this.note, this.log, this.typing.element, this.over, this.problem, this.composer.element);
    const send = (/** @type {Item} */ item) => ask({ t: "say", conversation: id, client_id: item.client_id, text: item.text });
    const hears = { changed: () => this.drawUnsent(), refused: (/** @type {Item} */ item, /** @type {Refused} */ outcome) => this.refuse(item, outcome) };
    this.outbox = new Outbox(id, send, hears, store);
    this.drawUnsent();
    this.drawState();
  }

  /** @param {string} text */
  write(text) {
    this.problem.replaceChildren();
    const fault = faultOf(text, limits.message);
    if (fault) {
      this.composer.putBack(text);
      this.refused(fault);
      return;
    }
    this.outbox.add(text);
    this.tail.toEnd();
  }

  /**
   * A refused message comes back into the box; where nothing can be written any more, it stays in sight.
   * @param {Item} item
   * @param {Refused} outcome
   */
  refuse(item, outcome) {
    this.refused(outcome);
    if (LOST.has(outcome.reason)) return;
    this.outbox.drop(item);
    this.composer.putBack(item.text);
  }

  /** End it, once the operator has said that it is meant. */
  askToEnd() {
    if (this.question?.open) return;
    this.question = askToEnd(this.element.getRootNode(), { called: this.called(), end: () => this.do({ t: "end" }), back: () => this.place });
  }

  /** Ask for something in this conversation. @param {Turn} turn */
  async do(turn) {
    this.problem.replaceChildren();
    const outcome = await this.ask({ ...turn, conversation: this.id });
    if (outcome.outcome === "refused" && outcome.reason !== "ended") this.refused(outcome);
  }

  /** @param {Refused} outcome */
  refused(outcome) {
    this.problem.replaceChildren(...refusal(outcome));
  }

  /** A step of the conversation: an entry, or a sign that the visitor is typing. @param {Views["conversation"]} body */
  take(body) {
    this.awaited.come();
    if ("entry" in body) this.add(body.entry);
    else if (body.typing === "visitor") this.typing.heard(this.called());
  }

  /** An entry, in its order; one that is there already changes nothing. @param {Entry} entry */
  add(entry) {
    if (!this.reading.take(entry)) return;
    if (entry.what === "seen") return this.sawOf(entry);
    if (entry.author === "visitor") this.typing.over();
    const line = this.lines.add(entry);
    if (entry.author === "operator" && entry.client_id) this.outbox.arrived(entry.client_id);
    this.drawUnsent(); // what is on its way stands with the line before it, which is this one now
    if (line && entry.what === "message" && entry.author === "operator") this.unseen.push({ number: entry.number, line });
    this.tail.grew();
    this.drawState();
  }

  /** One of the two has seen the other's messages. @param {Entry} entry */
  sawOf(entry) {
    const last = ofHouse(entry).upto ?? 0;
    if (entry.author === "operator") {
      this.reading.saw(last);
      return this.changed();
    }
    for (const { number, line } of this.unseen) if (number <= last) line.querySelector(".sign")?.replaceWith(signOf("seen"));
    this.unseen = this.unseen.filter(({ number }) => number > last);
  }

  /** Whether I serve it: only then may I write. @param {boolean} mine */
  serve(mine) {
    this.mine = mine;
    this.drawState();
  }

  get state() {
    return this.reading.state;
  }

  get ended() {
    return this.state === "ended";
  }

  /** Where the focus belongs: in the box while one may write, else where what happened is said. */
  get place() {
    if (!this.composer.element.hidden && !this.composer.box.disabled) return this.composer.box;
    return this.ended ? this.over : this.log;
  }

  /** Whether somebody serves it. */
  get goes() {
    return may(this.state, "end");
  }

  drawState() {
    const { ended } = this;
    const held = this.composer.element.contains(focused());
    this.composer.element.hidden = !this.goes || !this.mine;
    this.composer.mind(this.state);
    this.over.hidden = !ended;
    if (held && this.composer.element.hidden) this.place.focus();
    const watching = this.goes && !this.mine;
    const meant = `live.state.${this.state}`; // a line says what some states mean
    setText(this.note, watching ? t("live.watching") : has(meant) ? t(meant) : "");
    if (ended) this.composer.forget();
    if (!this.goes) this.question?.close();
    this.changed();
  }

  drawUnsent() {
    let before = this.lines.last;
    const bubbles = this.outbox.items.map((item) => {
      const state = item.refused ? t("live.refused") : item.sent ? t("live.sent") : t("live.unsent");
      const sign = icon(item.refused ? "close" : item.sent ? "check" : "clock");
      const said = { what: /** @type {const} */ ("message"), author: /** @type {const} */ ("operator"), operator: me.name, at: item.at };
      const line = bubble("operator", me.name, stamp(item.at), [{ text: item.text }], h("span", { class: "sign" }, sign, h("span", {}, state)));
      together(line, before, said);
      before = said;
      return line;
    });
    this.unsent.replaceChildren(...bubbles);
  }

  /** How much was not read of a chat that goes on; nobody waits for an answer in one that has ended. */
  get unread() {
    return this.ended ? 0 : this.reading.unread;
  }

  /** It comes into sight: what came meanwhile is new, from the first message on. */
  comes() {
    const first = this.reading.firstUnread;
    this.lines.newFrom(first);
    if (first === null) this.tail.toEnd();
    else this.tail.from(this.lines.news);
  }

  /** It is out of sight. */
  goesAway() {
    this.inSight = false;
  }

  /** It is in sight: nothing in it is unread, and the visitor is told so. */
  seen() {
    if (!this.inSight) this.comes();
    this.inSight = true;
    this.tell();
    if (this.reading.seen()) this.changed();
  }

  async tell() {
    const upto = this.reading.untold;
    if (!this.mine || !upto) return;
    const takeBack = this.reading.tell(upto);
    const outcome = await this.ask({ t: "seen", conversation: this.id, upto });
    if (outcome.outcome === "refused" && outcome.reason === "disconnected") takeBack();
  }
}

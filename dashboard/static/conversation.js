// One conversation: its entries in order, and the box to write into it. Foreign text stands as text; links are made of
// the spans that main has cut, and only where their scheme is harmless.

import { h, icon, setText } from "/app/static/parlour/dom.js";
import { me, t, visitorName } from "/app/static/parlour/facts.js";
import { keep, kept } from "/app/static/parlour/kept.js";
import { Outbox } from "/app/static/parlour/outbox.js";
import { exact, hour } from "/app/static/parlour/time.js";

/** @typedef {{text: string, href?: string}} Span */
/** @typedef {{conversation: string, number: number, at: string, what: string, state: string, author: "visitor" | "operator" | null, operator: string | null, operators: string[] | null, reason: string | null, message: string | null, client_id: string | null, spans: Span[] | null, left: {name: string | null, email: string | null, subject: string | null} | null}} Entry */
/** @typedef {import("/app/static/parlour/live.js").Outcome} Outcome */

const HARMLESS = /^(https?:\/\/|mailto:)/i;
const OPEN = new Set(["routing", "queued", "active"]);
const HELD = new Set(["ended", "not-active", "not-yours", "unknown-conversation"]);

export class Conversation {
  /**
   * @param {string} id
   * @param {{ask: (message: any) => Promise<Outcome>, name: () => string | null, changed: () => void}} parts
   */
  constructor(id, { ask, name, changed }) {
    this.id = id;
    this.ask = ask;
    this.name = name;
    this.changed = changed;
    this.token = /** @type {string | null} */ (null);
    this.last = 0;
    this.state = "";
    this.mine = false;
    this.read = kept(`read.${id}`, 0);
    /** @type {number[]} Numbers of the visitor's messages. */
    this.incoming = [];
    this.build();
    this.outbox = new Outbox(id, (item) => ask({ t: "say", conversation: id, client_id: item.client_id, text: item.text }), {
      changed: () => this.drawUnsent(),
      refused: (item, outcome) => this.refuse(item, outcome),
    });
    this.drawUnsent();
    this.drawState();
  }

  build() {
    this.lines = h("div", { class: "lines" });
    this.unsent = h("div", { class: "lines" });
    this.log = h("div", { role: "log", "aria-label": t("conversation"), class: "log", tabindex: "0" }, this.lines, this.unsent);
    this.ended = h("p", { class: "ended", hidden: true }, t("chat.ended"));
    this.problem = h("p", { role: "alert", class: "problem" });
    this.box = h("textarea", { "aria-label": t("chat.message"), placeholder: t("chat.placeholder"), rows: "1" });
    this.send = h("button", { type: "submit", class: "primary" }, t("chat.send"));
    this.end = h("button", { type: "button", class: "plain", onclick: () => this.finish() }, t("chat.end"));
    this.form = h("form", { class: "composer" }, this.box, h("div", { class: "actions" }, this.end, this.send));
    this.note = h("p", { class: "quiet note" });
    this.element = h("div", { class: "conversation" }, this.note, this.log, this.ended, this.problem, this.form);
    this.box.value = kept(`draft.${this.id}`, "");
    this.box.addEventListener("input", () => this.typed());
    this.box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.write();
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.write();
    });
    this.typed();
  }

  typed() {
    this.send.disabled = this.box.value.trim() === "";
    keep(`draft.${this.id}`, this.box.value || null);
    this.box.style.height = "auto";
    if (this.box.scrollHeight) this.box.style.height = `${Math.min(this.box.scrollHeight, 120)}px`;
  }

  write() {
    const text = this.box.value;
    if (text.trim() === "") return;
    this.problem.replaceChildren();
    this.box.value = "";
    this.typed();
    this.outbox.add(text);
    this.toEnd();
    this.box.focus();
  }

  /** A refused message comes back into the box; where nothing can be written any more, it stays in sight.
   * @param {import("/app/static/parlour/outbox.js").Item} item
   * @param {Outcome} outcome
   */
  refuse(item, outcome) {
    const values = { limit: (outcome.limit ?? 0).toLocaleString(), operator: outcome.by ?? "–" };
    this.problem.replaceChildren(t(`refused.${outcome.reason}`, values));
    if (HELD.has(outcome.reason ?? "")) return;
    this.outbox.drop(item);
    this.box.value = this.box.value ? `${item.text}\n${this.box.value}` : item.text;
    this.typed();
  }

  async finish() {
    this.end.disabled = true;
    const outcome = await this.ask({ t: "end", conversation: this.id });
    this.end.disabled = false;
    if (outcome.outcome === "refused" && outcome.reason !== "ended") this.problem.replaceChildren(t(`refused.${outcome.reason}`));
  }

  /**
   * @param {Entry} entry
   * @param {string} token
   */
  add(entry, token) {
    if (entry.number <= this.last) return;
    this.last = entry.number;
    this.token = token;
    this.state = entry.state;
    if (entry.author === "operator" && entry.client_id) this.outbox.arrived(entry.client_id);
    if (entry.what === "message" && entry.author === "visitor") this.incoming.push(entry.number);
    const near = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 80;
    const line = lineOf(entry, this.name());
    if (line) this.lines.append(line);
    if (near) this.toEnd();
    this.drawState();
  }

  /** Whether I serve it: only then may I write. @param {boolean} mine */
  serve(mine) {
    this.mine = mine;
    this.drawState();
  }

  drawState() {
    const writing = this.state === "active" && this.mine;
    this.form.hidden = !writing;
    this.ended.hidden = this.state !== "ended";
    setText(this.note, this.state === "active" && !this.mine ? t("chat.watching") : OPEN.has(this.state) && this.state !== "active" ? t(`chat.state.${this.state}`) : "");
    if (this.state === "ended") keep(`draft.${this.id}`, null);
    this.changed();
  }

  drawUnsent() {
    const bubbles = this.outbox?.items.map((item) => {
      const state = item.refused ? t("chat.refused") : item.sent ? t("chat.sent") : t("chat.unsent");
      const sign = icon(item.refused ? "close" : item.sent ? "check" : "clock");
      return bubble("operator", me.name, item.at, [{ text: item.text }], h("span", { class: "sign" }, sign, state));
    });
    this.unsent.replaceChildren(...(bubbles ?? []));
  }

  get unread() {
    return this.incoming.filter((number) => number > this.read).length;
  }

  seen() {
    if (this.read >= this.last) return;
    this.read = this.last;
    keep(`read.${this.id}`, this.read);
    this.changed();
  }

  toEnd() {
    this.log.scrollTop = this.log.scrollHeight;
  }
}

/**
 * @param {Entry} entry
 * @param {string | null} name
 */
function lineOf(entry, name) {
  if (entry.what === "message" && entry.author === "visitor") return bubble("visitor", visitorName(name), entry.at, entry.spans ?? []);
  if (entry.what === "message") return bubble("operator", entry.operator ?? "–", entry.at, entry.spans ?? [], h("span", { class: "sign" }, icon("check"), t("chat.sent")));
  if (entry.what === "left") return leftMessage(entry, name);
  const by = entry.author === "visitor" ? visitorName(name) : (entry.operator ?? "–");
  const key = entry.what === "queued" ? `entry.queued.${entry.reason}` : `entry.${entry.what}`;
  const text = t(key, { who: by, operator: entry.operator ?? "–", operators: entry.operators?.join(", ") || "–", visitor: visitorName(name) });
  return h("p", { class: "step" }, text, " · ", h("time", { datetime: entry.at, title: exact(entry.at) }, hour(entry.at)));
}

/**
 * @param {Entry} entry
 * @param {string | null} name
 */
function leftMessage(entry, name) {
  const { email, subject, name: given } = entry.left ?? { email: null, subject: null, name: null };
  const head = h("p", { class: "quiet" }, icon("mail"), t("entry.left"), " · ", email ?? "–");
  return h("div", { class: "bubble visitor left" }, head, h("p", { class: "author" }, visitorName(given ?? name), h("time", { datetime: entry.at, title: exact(entry.at) }, hour(entry.at))), subject && h("p", {}, h("b", {}, subject)), h("p", { class: "text" }, ...spansOf(entry.spans ?? [])));
}

/**
 * @param {"visitor" | "operator"} author
 * @param {string} who
 * @param {string} at
 * @param {Span[]} spans
 * @param {HTMLElement} [sign]
 */
function bubble(author, who, at, spans, sign) {
  const head = h("p", { class: "author" }, h("span", {}, who), h("time", { datetime: at, title: exact(at) }, hour(at)), sign);
  return h("div", { class: `bubble ${author}` }, head, h("p", { class: "text" }, ...spansOf(spans)));
}

/** @param {Span[]} spans */
const spansOf = (spans) =>
  spans.map((span) =>
    span.href && HARMLESS.test(span.href) ? h("a", { href: span.href, target: "_blank", rel: "noopener noreferrer" }, span.text) : span.text,
  );

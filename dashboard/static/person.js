// One open profile: who it is, the visit page by page, and the conversation.

import { focused, h, icon } from "/app/static/parlour/dom.js";
import { Conversation } from "/app/static/parlour/conversation.js";
import { count, t, visitorName } from "/app/static/parlour/facts.js";
import { Past } from "/app/static/parlour/past.js";
import { people } from "/app/static/parlour/people.js";
import { exact, hour, since } from "/app/static/parlour/time.js";

/** @typedef {import("/app/static/parlour/people.js").ProfileTab} ProfileTab */
/** @typedef {import("/app/static/parlour/live.js").Outcome} Outcome */
/** @typedef {{visitor: string, name: string | null, visits: number, since: string, ended: string | null, here: boolean, referrer: string | null, device: string, browser: string | null, origin: string | null, pages: {address: string, title: string | null, at: string}[], state: string | null, conversation: string | null}} Visit */

/** @type {ProfileTab[]} */
const TABS = ["general", "live"];

export class PersonView {
  /**
   * @param {string} visitor
   * @param {{send: (message: object) => void, ask: (message: any) => Promise<Outcome>, changed: () => void}} parts
   */
  constructor(visitor, { send, ask, changed }) {
    this.visitor = visitor;
    this.send = send;
    this.ask = ask;
    this.changed = changed;
    /** @type {Conversation | null} */
    this.conversation = null;
    this.wanted = false;
    /** Whether the past was asked for since "General" came into sight. */
    this.looked = false;
    const prefix = `p-${visitor}`;
    this.title = h("h2", { class: "person-name" });
    this.now = h("div", { class: "now" }, h("p", { class: "quiet" }, t("loading")));
    this.past = new Past(visitor, { send, live: () => this.conversation?.id ?? null, name: () => this.name, goLive: () => this.choose("live") });
    this.general = h("div", { role: "tabpanel", id: `${prefix}-general`, "aria-labelledby": `${prefix}-tab-general`, class: "general", tabindex: "0" }, this.now, this.past.element);
    this.talk = h("div", { class: "talk" }, h("p", { class: "empty small" }, t("live.none")));
    this.beside = h("aside", { class: "beside", "aria-label": t("profile.beside") });
    this.live = h("div", { role: "tabpanel", id: `${prefix}-live`, "aria-labelledby": `${prefix}-tab-live`, class: "live" }, this.talk, this.beside);
    /** @type {Record<ProfileTab, HTMLElement>} */
    this.panels = { general: this.general, live: this.live };
    const button = (/** @type {ProfileTab} */ tab) =>
      h("button", { type: "button", role: "tab", id: `${prefix}-tab-${tab}`, "aria-controls": `${prefix}-${tab}`, onclick: () => this.choose(tab) }, t(`profile.${tab}`));
    /** @type {Record<ProfileTab, HTMLElement>} */
    this.tabs = { general: button("general"), live: button("live") };
    const list = h("div", { role: "tablist", "aria-label": t("profile"), class: "tabs" }, ...Object.values(this.tabs));
    list.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowRight" && event.key !== "ArrowLeft") return;
      const other = this.tab === "general" ? "live" : "general";
      this.choose(other);
      this.tabs[other].focus();
    });
    this.element = h("section", { role: "region", "aria-label": t("profile"), class: "profile-card" }, h("div", { class: "profile-head" }, this.title, list), this.general, this.live);
    send({ t: "open", visitor });
    this.follow(people.find(visitor)?.conversation ?? null);
    this.showTab();
  }

  get tab() {
    return people.find(this.visitor)?.tab ?? "general";
  }

  /** @param {ProfileTab} tab */
  choose(tab) {
    people.learn(this.visitor, { tab });
    this.showTab();
  }

  showTab() {
    for (const tab of TABS) {
      const on = tab === this.tab;
      this.tabs[tab].setAttribute("aria-selected", String(on));
      this.tabs[tab].tabIndex = on ? 0 : -1;
      this.panels[tab].hidden = !on;
    }
    this.title.textContent = visitorName(this.name);
    if (this.tab === "live") this.look();
    else if (!this.looked) this.past.ask();
    this.looked = this.tab === "general";
  }

  get name() {
    return people.find(this.visitor)?.name ?? null;
  }

  /** The conversation is in sight: nothing in it is unread, and its end is shown. */
  look() {
    if (!this.element.isConnected || this.element.hidden || this.live.hidden || document.visibilityState !== "visible") return;
    this.conversation?.seen();
  }

  /** Come into sight: at the conversation's end, ready to write. */
  shown() {
    this.showTab();
    this.conversation?.toEnd();
    this.conversation?.composer.typed();
    this.wanted = true;
    this.focusBox();
  }

  /** Put the focus into the box as soon as there is one, once, and never away from something being typed. */
  focusBox() {
    const composer = this.conversation?.composer;
    if (!this.wanted || !composer || composer.element.hidden || this.element.hidden || this.live.hidden || !idle()) return;
    composer.box.focus();
    this.wanted = focused() !== composer.box;
  }

  /** @param {string | null} id */
  follow(id) {
    if (!id || id === this.conversation?.id) return;
    if (this.conversation) this.send({ t: "unfollow", conversation: this.conversation.id });
    this.conversation = new Conversation(id, {
      ask: this.ask,
      signal: this.send,
      name: () => this.name,
      changed: () => {
        this.look();
        this.focusBox();
        this.changed();
      },
    });
    this.talk.replaceChildren(this.conversation.element);
    this.send({ t: "follow", conversation: id, after: null });
  }

  /** @param {Set<string>} mine the conversations I serve */
  serve(mine) {
    const id = this.conversation?.id;
    if (id) this.conversation?.serve(mine.has(id));
    this.focusBox();
  }

  /** @param {Visit | null} visit null: who has not been here lately */
  show(visit) {
    if (!visit) {
      this.now.replaceChildren(h("p", { class: "quiet" }, t("profile.away")));
      this.beside.replaceChildren(h("p", { class: "quiet" }, t("profile.away")));
      return;
    }
    people.learn(this.visitor, { name: visit.name ?? this.name, ...(visit.conversation ? { conversation: visit.conversation } : {}) });
    this.follow(visit.conversation);
    this.title.textContent = visitorName(this.name);
    this.now.replaceChildren(factsOf(visit), pagesOf(visit));
    this.beside.replaceChildren(factsOf(visit), pagesOf(visit));
    this.past.besides(visit.since);
  }

  close() {
    this.past.close();
    this.send({ t: "close", visitor: this.visitor });
    if (this.conversation) this.send({ t: "unfollow", conversation: this.conversation.id });
  }
}

/** Whether nobody is typing anywhere. */
function idle() {
  const element = focused();
  return !(element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement);
}

/** @param {Visit} visit */
function factsOf(visit) {
  /** @type {[string, Node | string][]} */
  const facts = [
    ["fact.here", visit.ended ? t("fact.left", { at: hour(visit.ended) }) : visit.here ? t("fact.on-site") : t("fact.lost")],
    ["fact.since", h("span", {}, exact(visit.since), " (", since(visit.since), ")")],
    ["fact.visits", count("visitor.visits", visit.visits)],
    ["fact.referrer", visit.referrer || "–"],
    ["fact.device", [visit.browser, t(`device.${visit.device}`)].filter(Boolean).join(", ")],
    ["fact.origin", visit.origin || "–"],
  ];
  return h("dl", { class: "facts-list" }, ...facts.flatMap(([key, value]) => [h("dt", {}, t(key)), h("dd", {}, value)]));
}

/** @param {Visit} visit */
function pagesOf(visit) {
  const pages = visit.pages.map((page, n) =>
    h("li", { class: n === visit.pages.length - 1 && !visit.ended ? "now" : "" },
      h("time", { datetime: page.at, title: exact(page.at) }, hour(page.at)), h("span", { class: "page-title" }, page.title || page.address), page.title && h("span", { class: "quiet cut", title: page.address }, page.address)));
  return h("section", { class: "path", "aria-label": t("profile.pages") }, h("h3", {}, icon("arrow"), t("profile.pages")), h("ol", {}, ...pages));
}

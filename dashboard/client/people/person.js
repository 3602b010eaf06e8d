// One open profile: who it is, the visit page by page, and the conversation.

import { Conversation } from "../chat/conversation.js";
import { focused, h } from "../look/dom.js";
import { t, visitorName } from "../shell/facts.js";
import { openInvitation } from "./invite.js";
import { LeftMessages } from "../chat/left_messages.js";
import { Past } from "./past.js";
import { visitParts } from "./visit.js";

/** @import { ProfileTab } from "./people.js" */
/** @import { Asking } from "../shell/live.js" */
/** @import { FromBrowser, PastKnown, VisitNow } from "../wire.js" */
/**
 * @typedef {object} Page what the page has one of
 * @property {import("./people.js").People} people
 * @property {import("../shell/notify.js").Notices} notices
 * @property {import("../shell/kept.js").Kept} store
 * @property {import("../chat/why.js").Why} why
 * @property {import("../shell/turning.js").Turning} turning
 */

/** @type {ProfileTab[]} */
const TABS = ["general", "live", "messages"];

export class PersonView {
  /**
   * @param {string} visitor
   * @param {{page: Page, send: (message: FromBrowser) => void, ask: Asking, changed: () => void}} parts
   */
  constructor(visitor, { page, send, ask, changed }) {
    this.visitor = visitor;
    this.page = page;
    this.send = send;
    this.ask = ask;
    this.changed = changed;
    /** @type {Conversation | null} */
    this.conversation = null;
    /** @type {number | null} Since when the focus is wanted in the box. */
    this.wanted = null;
    /** @type {VisitNow | null} */
    this.visit = null;
    /** @type {HTMLDialogElement | null} */
    this.invitation = null;
    /** Whether the past was asked for since "General" came into sight. */
    this.looked = false;
    const prefix = `p-${visitor}`;
    this.title = h("h2", { class: "person-name" });
    this.now = h("div", { class: "now" }, h("p", { class: "quiet" }, t("loading")));
    this.past = new Past(visitor, { send, live: () => this.conversation?.id ?? null, goLive: () => this.choose("live") });
    this.general = h(
      "div",
      { role: "tabpanel", id: `${prefix}-general`, "aria-labelledby": `${prefix}-tab-general`, class: "general", tabindex: "0" },
      this.now,
      this.past.element,
    );
    this.left = new LeftMessages({ send, ask, name: () => this.name, followed: () => this.conversation?.id ?? null });
    this.talk = h("div", { class: "talk" }, h("p", { class: "empty small" }, t("live.none")));
    this.engage = h("button", { type: "button", class: "primary", onclick: () => this.invite() }, t("invite"));
    const story = h(
      "button",
      { type: "button", class: "quiet-button story-button", onclick: () => this.conversation && this.page.why.open(this.conversation.id, this.name) },
      t("why"),
    );
    this.foot = h("div", { class: "actions engage" }, this.engage);
    this.beside = h("aside", { class: "beside", "aria-label": t("profile.beside"), tabindex: "0" });
    this.live = h(
      "div",
      { role: "tabpanel", id: `${prefix}-live`, "aria-labelledby": `${prefix}-tab-live`, class: "live" },
      h("div", { class: "talk-side" }, this.talk, this.foot),
      this.beside,
    );
    this.messages = h(
      "div",
      { role: "tabpanel", id: `${prefix}-messages`, "aria-labelledby": `${prefix}-tab-messages`, class: "left-panel", tabindex: "0" },
      this.left.element,
    );
    /** @type {Record<ProfileTab, HTMLElement>} */
    this.panels = { general: this.general, live: this.live, messages: this.messages };
    const button = (/** @type {ProfileTab} */ tab) =>
      h(
        "button",
        { type: "button", role: "tab", id: `${prefix}-tab-${tab}`, "aria-controls": `${prefix}-${tab}`, onclick: () => this.choose(tab) },
        t(`profile.${tab}`),
      );
    /** @type {Record<ProfileTab, HTMLElement>} */
    this.tabs = { general: button("general"), live: button("live"), messages: button("messages") };
    const list = h("div", { role: "tablist", "aria-label": t("profile"), class: "tabs" }, ...Object.values(this.tabs));
    list.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowRight" && event.key !== "ArrowLeft") return;
      const step = (event.key === "ArrowRight") === (getComputedStyle(list).direction === "ltr") ? 1 : -1;
      const other = /** @type {ProfileTab} */ (TABS[(TABS.indexOf(this.tab) + step + TABS.length) % TABS.length]);
      this.choose(other);
      this.tabs[other].focus();
    });
    this.element = h(
      "section",
      { role: "region", "aria-label": t("profile"), class: "profile-card" },
      h("div", { class: "profile-head" }, this.title, list, story),
      ...Object.values(this.panels),
    );
    this.story = story;
    send({ t: "open", visitor });
    this.follow(this.page.people.find(visitor)?.conversation ?? null);
    this.showTab();
  }

  get tab() {
    return this.page.people.find(this.visitor)?.tab ?? "general";
  }

  /** @param {ProfileTab} tab */
  choose(tab) {
    this.page.people.learn(this.visitor, { tab });
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
    if (this.tab === "messages") this.left.look();
    this.looked = this.tab !== "live";
  }

  get name() {
    return this.page.people.find(this.visitor)?.name ?? null;
  }

  /** The conversation is in sight: nothing in it is unread, and its end is shown. */
  look() {
    if (!this.element.isConnected || this.element.hidden || this.live.hidden || document.visibilityState !== "visible") return;
    if (!this.conversation) return;
    this.conversation.seen();
    this.page.notices.end(this.conversation.id); // what called to it is answered by looking
  }

  /** Come into sight: at the conversation's end, ready to write. */
  shown() {
    this.showTab();
    this.conversation?.toEnd();
    this.conversation?.composer.typed();
    this.wanted = performance.now();
    this.focusBox();
  }

  /** Put the focus into the box as soon as there is one, once; never away from what somebody turned to meanwhile, or types. */
  focusBox() {
    const composer = this.conversation?.composer;
    if (this.wanted !== null && this.page.turning.since(this.wanted)) this.wanted = null;
    if (this.wanted === null || !composer || composer.element.hidden || this.element.hidden || this.live.hidden || !idle()) return;
    composer.box.focus();
    if (focused() === composer.box) this.wanted = null;
  }

  /** @param {string | null} id */
  follow(id) {
    if (!id || id === this.conversation?.id) return;
    if (this.conversation && !this.left.holds(this.conversation.id)) this.send({ t: "unfollow", conversation: this.conversation.id });
    this.conversation = new Conversation(id, {
      ask: this.ask,
      signal: this.send,
      store: this.page.store,
      name: () => this.name,
      changed: () => {
        this.look();
        this.focusBox();
        this.drawFoot();
        this.changed();
      },
    });
    this.drawFoot();
    this.talk.replaceChildren(this.conversation.element);
    this.send({ t: "follow", conversation: id, after: null });
  }

  /** @param {Set<string>} mine the conversations I serve */
  serve(mine) {
    const id = this.conversation?.id;
    if (id) this.conversation?.serve(mine.has(id));
    this.focusBox();
  }

  /** Who is on the site and in no chat can be invited. */
  drawFoot() {
    this.foot.hidden = !this.visit?.may.includes("engage");
    this.story.hidden = !this.conversation;
  }

  /** Open the dialog "Engage in communication", or say who has this visitor. */
  invite() {
    if (this.invitation?.open) return;
    const invite = (/** @type {string} */ text) => this.ask({ t: "engage", visitor: this.visitor, text });
    this.invitation = openInvitation(this.element.getRootNode(), { name: this.name, invite });
  }

  /** The past is known: which left messages there are of this visitor. @param {PastKnown} known */
  remember(known) {
    this.past.show(known);
    for (const chat of known.chats) if (chat.outcome === "left-message") this.left.know(chat.conversation);
  }

  /** @param {VisitNow | null} visit null: who has not been here lately */
  show(visit) {
    this.visit = visit;
    this.drawFoot();
    if (!visit) {
      this.now.replaceChildren(h("p", { class: "quiet" }, t("profile.away")));
      this.beside.replaceChildren(h("p", { class: "quiet" }, t("profile.away")));
      return;
    }
    this.page.people.learn(this.visitor, { name: visit.name ?? this.name, ...(visit.conversation ? { conversation: visit.conversation } : {}) });
    this.follow(visit.conversation);
    this.title.textContent = visitorName(this.name);
    this.now.replaceChildren(...visitParts(visit));
    this.beside.replaceChildren(...visitParts(visit));
    this.past.besides(visit.since);
  }

  close() {
    this.invitation?.close();
    this.conversation?.question?.close();
    this.past.close();
    this.left.close();
    this.send({ t: "close", visitor: this.visitor });
    if (this.conversation) this.send({ t: "unfollow", conversation: this.conversation.id });
  }
}

/** Whether nobody is typing anywhere. */
function idle() {
  const element = focused();
  return !(element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement);
}

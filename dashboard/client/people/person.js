// One open profile: who it is, the visit page by page, and the conversation.

import { Conversation } from "../chat/conversation.js";
import { focused, h } from "../look/dom.js";
import { Awaited } from "../shell/awaited.js";
import { me, t, visitorName } from "../shell/facts.js";
import { openInvitation } from "./invite.js";
import { LeftMessages } from "../chat/left_messages.js";
import { Past } from "./past.js";
import { until } from "../shell/time.js";
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
    this.now = h("div", { class: "now" });
    this.past = new Past(visitor, { send, live: () => this.conversation?.id ?? null, goLive: () => this.choose("live") });
    this.general = h(
      "div",
      { role: "tabpanel", id: `${prefix}-general`, "aria-labelledby": `${prefix}-tab-general`, class: "general", tabindex: "0" },
      this.now,
      this.past.element,
    );
    this.left = new LeftMessages(visitor, { send, ask, followed: () => this.conversation?.id ?? null });
    this.talk = h("div", { class: "talk" });
    this.engage = h("button", { type: "button", class: "primary", onclick: () => this.invite() }, t("invite"));
    const story = h(
      "button",
      { type: "button", class: "quiet-button story-button", onclick: () => this.conversation && this.page.why.open(this.conversation.id, this.called) },
      t("why"),
    );
    this.open = h("span", {});
    this.back = h("button", { type: "button", class: "plain", onclick: () => this.takeBack() }, t("invite.take-back"));
    this.offer = h("div", { class: "actions open-invitation", hidden: true }, this.open, this.back);
    this.foot = h("div", { class: "actions engage" }, this.engage);
    this.beside = h("aside", { class: "beside", "aria-label": t("profile.beside"), tabindex: "0" });
    this.live = h(
      "div",
      { role: "tabpanel", id: `${prefix}-live`, "aria-labelledby": `${prefix}-tab-live`, class: "live" },
      h("div", { class: "talk-side" }, this.talk, this.offer, this.foot),
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
    this.awaited = [new Awaited(this.now, "words", 12), new Awaited(this.beside, "words", 12), new Awaited(this.talk, "words", 3)];
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
    this.title.textContent = this.called;
    this.look();
    if (this.tab !== "live" && !this.looked) this.past.ask();
    if (this.tab === "messages") this.left.look();
    this.looked = this.tab !== "live";
  }

  /** Whether their chat has ended. */
  get ended() {
    return this.conversation?.ended ?? false;
  }

  /** The page they look at. */
  get onPage() {
    const page = this.visit?.ended ? null : this.visit?.page;
    return page ? page.title || page.address : null;
  }

  get name() {
    return this.page.people.find(this.visitor)?.name ?? null;
  }

  /** What the visitor is called now. */
  get called() {
    return visitorName(this.name, this.visitor);
  }

  /** The conversation is in sight: nothing in it is unread, and its end is shown. */
  look() {
    if (!this.conversation) return;
    const inSight = this.element.isConnected && !this.element.hidden && !this.live.hidden && document.visibilityState === "visible";
    if (!inSight) return this.conversation.goesAway();
    this.conversation.seen();
    this.page.notices.end(this.conversation.id); // what called to it is answered by looking
  }

  /** Come into sight: at the conversation's end, ready to write. */
  shown() {
    const again = this.conversation?.inSight;
    this.showTab();
    if (again) this.conversation?.tail.toEnd();
    this.conversation?.composer.typed();
    this.wanted = performance.now();
    this.focusBox();
    setTimeout(() => this.land()); // when what it was opened from is out of sight
  }

  /** Who came with the focus on what is out of sight now goes on here. */
  land() {
    if (this.element.hidden) return;
    this.focusBox();
    if (adrift()) this.place().focus();
  }

  /** Where the focus belongs in what is shown. */
  place() {
    if (this.tab === "live") return this.conversation?.place ?? this.tabs.live;
    return this.panels[this.tab];
  }

  /** Put the focus into the box as soon as there is one, once; never away from what somebody turned to meanwhile, or types. */
  focusBox() {
    const composer = this.conversation?.composer;
    if (!this.wants() || !composer || composer.element.hidden || this.live.hidden) return;
    composer.box.focus();
    if (focused() === composer.box) this.wanted = null;
  }

  /** Whether who came in here still waits to go on, and neither turned to anything else nor types. */
  wants() {
    if (this.wanted !== null && this.page.turning.since(this.wanted)) this.wanted = null;
    return this.wanted !== null && !this.element.hidden && idle();
  }

  /** @param {string | null} id */
  follow(id) {
    if (!id || id === this.conversation?.id) return;
    if (this.conversation && !this.left.holds(this.conversation.id)) this.send({ t: "unfollow", conversation: this.conversation.id });
    this.conversation = new Conversation(id, {
      ask: this.ask,
      signal: this.send,
      store: this.page.store,
      visitor: this.visitor,
      called: () => this.called,
      changed: () => this.conversation?.id === id && this.drawConversation(),
    });
    const held = this.talk.contains(focused());
    this.talk.replaceChildren(this.conversation.element);
    if (held || (this.tab === "live" && this.wants())) this.place().focus();
    this.drawConversation();
    this.send({ t: "follow", conversation: id, after: null });
  }

  /** The conversation is another, or stands otherwise. */
  drawConversation() {
    this.look();
    this.focusBox();
    this.drawFoot();
    this.changed();
  }

  /** @param {Set<string>} mine the conversations I serve */
  serve(mine) {
    const id = this.conversation?.id;
    if (id) this.conversation?.serve(mine.has(id));
    this.focusBox();
  }

  /** Who is on the site and in no chat can be invited. */
  drawFoot() {
    const held = [this.engage, this.back].find((one) => one === focused());
    this.foot.hidden = !this.visit?.may.includes("engage");
    this.drawOffer(this.visit?.invited ?? null);
    if (held && !held.checkVisibility()) (this.foot.hidden ? this.place() : this.engage).focus();
    this.story.hidden = !this.conversation;
  }

  /** How long the invitation is open still; who invited can take it back. @param {import("../wire.js").Invite | null} invited */
  drawOffer(invited) {
    this.offer.hidden = !invited;
    this.back.hidden = invited?.by !== me.id;
    const of = invited ? `${invited.by} ${invited.until}` : "";
    if (invited && this.offer.dataset.of !== of) this.open.replaceChildren(t("invite.open", { operator: invited.name }), " ", until(invited.until));
    this.offer.dataset.of = of;
  }

  async takeBack() {
    const { conversation } = this;
    if (!conversation) return;
    const outcome = await this.ask({ t: "take-back", conversation: conversation.id });
    if (outcome.outcome === "refused") conversation.refused(outcome);
  }

  /** Open the dialog "Engage in communication", or say who has this visitor. */
  invite() {
    if (this.invitation?.open) return;
    const invite = async (/** @type {string} */ text) => {
      const outcome = await this.ask({ t: "engage", visitor: this.visitor, text });
      if (outcome.outcome === "done") this.wanted = performance.now(); // the conversation that begins comes soon
      return outcome;
    };
    this.invitation = openInvitation(this.element.getRootNode(), { called: this.called, invite, back: () => this.place() });
  }

  /** The past is known: which left messages there are of this visitor. @param {PastKnown} known */
  remember(known) {
    this.past.show(known);
    for (const chat of known.chats) if (chat.outcome === "left-message") this.left.know(chat.conversation);
    this.left.complete();
  }

  /** The history does not answer. @param {string} why the name of the error */
  forgot(why) {
    this.past.failed(why);
    if (!this.past.known) this.left.awaited.fail(why);
  }

  /** The visit cannot be watched. @param {string} reason */
  lost(reason) {
    for (const one of this.awaited) one.fail(reason);
  }

  /** A conversation cannot be watched. @param {string} id @param {string} reason */
  lostChat(id, reason) {
    if (this.conversation?.id === id) this.conversation.awaited.fail(reason);
    this.past.lost(id, reason);
  }

  /** @param {VisitNow | null} visit null: who has not been here lately */
  show(visit) {
    this.visit = visit;
    for (const one of this.awaited) one.come();
    if (!this.talk.hasChildNodes()) this.talk.append(h("p", { class: "empty small" }, t("live.none")));
    if (!visit) {
      this.drawFoot();
      this.now.replaceChildren(h("p", { class: "quiet" }, t("profile.away")));
      this.beside.replaceChildren(h("p", { class: "quiet" }, t("profile.away")));
      return;
    }
    this.page.people.learn(this.visitor, { name: visit.name ?? this.name, ...(visit.conversation ? { conversation: visit.conversation } : {}) });
    this.follow(visit.conversation);
    this.drawFoot();
    this.title.textContent = this.called;
    this.now.replaceChildren(...visitParts(visit));
    this.beside.replaceChildren(...visitParts(visit));
    this.past.besides(visit.since);
    this.changed();
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

/** Whether nothing that can be seen has the focus. */
function adrift() {
  const element = focused();
  return !element || element === document.body || element.id === "heading" || !element.checkVisibility();
}

/** Whether nobody is typing anywhere. */
function idle() {
  const element = focused();
  return adrift() || !(element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement);
}

// A visitor's past: earlier visits with their pages, and earlier chats, of which one can be read.

import { day, duration, moment } from "../lists/cells.js";
import { h, icon } from "../look/dom.js";
import { Lines } from "../chat/lines.js";
import { path } from "../shell/addresses.js";
import { Awaited } from "../shell/awaited.js";
import { count, t } from "../shell/facts.js";
import { Fresh } from "../lists/fresh.js";
import { exact, hour } from "../shell/time.js";

/** @import { FromBrowser, PastChat, PastKnown, PastVisit, Views } from "../wire.js" */

export class Past {
  /**
   * @param {string} visitor
   * @param {{send: (message: FromBrowser) => void, live: () => string | null, goLive: () => void}} parts
   *   `live`: the conversation of the tab "Live Communication", to which `goLive` leads
   */
  constructor(visitor, { send, live, goLive }) {
    this.visitor = visitor;
    this.parts = { send, live, goLive };
    this.fresh = new Fresh(() => this.ask());
    this.visits = h("div", { class: "past-visits" });
    this.chats = h("div", { class: "past-chats" });
    this.awaited = [new Awaited(this.visits, "words", 3), new Awaited(this.chats, "words", 3)];
    this.drawn = "";
    this.since = "";
    /** @type {PastKnown | null} */
    this.known = null;
    /** @type {{id: string, lines: Lines, last: number, awaited: Awaited} | null} The chat that is read. */
    this.reading = null;
    this.element = h(
      "div",
      { class: "past" },
      this.fresh.element,
      h("section", { "aria-label": t("past.chats") }, h("h3", {}, icon("chat"), t("past.chats")), this.chats),
      h("section", { "aria-label": t("past.visits") }, h("h3", {}, icon("clock"), t("past.visits")), this.visits),
    );
  }

  ask() {
    this.parts.send({ t: "past", visitor: this.visitor });
  }

  /** @param {PastKnown} known */
  show(known) {
    this.fresh.answered(false);
    for (const one of this.awaited) one.come();
    this.known = known;
    this.draw();
  }

  /** The history does not answer. @param {string} why the name of the error */
  failed(why) {
    this.fresh.failed(why);
    for (const one of this.awaited) one.end();
  }

  /** Which visit is shown beside it, and therefore is not an earlier one. @param {string} since */
  besides(since) {
    this.since = since;
    if (this.known) this.draw();
  }

  draw() {
    const visits = (this.known?.visits ?? []).filter((visit) => Date.parse(visit.since) !== Date.parse(this.since));
    const chats = this.known?.chats ?? [];
    const drawn = JSON.stringify([visits, chats]);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    this.visits.replaceChildren(...(visits.length ? visits.map(visitOf) : [h("p", { class: "quiet" }, t("past.visits.none"))]));
    this.leave();
    this.chats.replaceChildren(
      ...(chats.length ? [h("ul", {}, ...chats.map((chat) => this.chatOf(chat)))] : [h("p", { class: "quiet" }, t("past.chats.none"))]),
    );
  }

  /** @param {PastChat} chat */
  chatOf(chat) {
    const outcome = t(`past.outcome.${chat.outcome ?? "open"}`);
    const place = h("div", { class: "past-log", hidden: true });
    const button = h(
      "button",
      { type: "button", class: "past-chat", "aria-expanded": "false" },
      h("time", { datetime: chat.at, title: exact(chat.at) }, moment(chat.at)),
      h("span", { class: "cut" }, [chat.department ?? "–", chat.operator].filter(Boolean).join(" · ")),
      h("span", { class: `mark ${chat.outcome === "abandoned" ? "lost" : ""}` }, outcome),
    );
    button.addEventListener("click", () => {
      if (chat.conversation === this.parts.live()) return this.parts.goLive();
      const open = this.reading?.id === chat.conversation;
      this.leave();
      if (!open) this.read(chat, button, place);
    });
    return h("li", {}, button, place);
  }

  /**
   * @param {PastChat} chat
   * @param {HTMLElement} button
   * @param {HTMLElement} place
   */
  read(chat, button, place) {
    const lines = new Lines(this.visitor);
    for (const [name, value] of Object.entries({ role: "log", "aria-label": t("past.log", { at: moment(chat.at) }), tabindex: "0" }))
      lines.element.setAttribute(name, value);
    place.replaceChildren(lines.element);
    const awaited = new Awaited(place, "words", 4);
    place.hidden = false;
    button.setAttribute("aria-expanded", "true");
    this.reading = { id: chat.conversation, lines, last: 0, awaited };
    this.parts.send({ t: "follow", conversation: chat.conversation, after: null });
  }

  /** The chat that is read cannot be. @param {string} conversation @param {string} reason */
  lost(conversation, reason) {
    if (this.reading?.id === conversation) this.reading.awaited.fail(reason);
  }

  leave() {
    if (!this.reading) return;
    if (this.reading.id !== this.parts.live()) this.parts.send({ t: "unfollow", conversation: this.reading.id });
    this.reading = null;
    for (const place of this.chats.querySelectorAll(".past-log")) place.toggleAttribute("hidden", true);
    for (const button of this.chats.querySelectorAll("[aria-expanded=true]")) button.setAttribute("aria-expanded", "false");
  }

  /**
   * A step of the chat that is read.
   * @param {string} conversation
   * @param {Views["conversation"]} body
   */
  take(conversation, body) {
    if (this.reading?.id !== conversation || !("entry" in body) || body.entry.number <= this.reading.last) return;
    const { entry } = body;
    this.reading.awaited.come();
    this.reading.last = entry.number;
    this.reading.lines.add(entry);
  }

  close() {
    this.leave();
    this.fresh.stop();
  }
}

/** @param {PastVisit} visit */
function visitOf(visit) {
  const pages = visit.pages.map((page) =>
    h(
      "li",
      {},
      h("time", { datetime: page.at, title: exact(page.at) }, hour(page.at)),
      h("span", { class: "page-title" }, page.title || path(page.address)),
      page.title && h("span", { class: "quiet cut", title: page.address }, path(page.address)),
    ),
  );
  const more = visit.count > pages.length ? h("p", { class: "quiet" }, t("past.more", { n: visit.count - pages.length })) : null;
  const device = [visit.browser, t(`device.${visit.device}`)].filter(Boolean).join(", ");
  const head = h(
    "summary",
    {},
    h("time", { datetime: visit.since, title: exact(visit.since) }, `${day(visit.since)}, ${hour(visit.since)}`),
    h("span", { class: "quiet" }, [visit.seconds === null ? "–" : duration(visit.seconds), count("past.pages", visit.count), device].join(" · ")),
  );
  return h("details", { class: "past-visit" }, head, h("ol", { class: "path-list" }, ...pages), more);
}

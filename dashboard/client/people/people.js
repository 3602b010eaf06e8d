// Which people are open in this tab, and which address shows what. The address's fragment is a section or a visitor;
// the open people, their tabs and the last section survive a reload.

import { me } from "/app/static/parlour/shell/facts.js";
import { keep, kept } from "/app/static/parlour/shell/kept.js";

/** @import { Talk } from "/app/static/parlour/wire.js" */
/** @typedef {"general" | "live" | "messages"} ProfileTab */
/** @typedef {{visitor: string, name: string | null, tab: ProfileTab, conversation: string | null}} Person */

const PREFIX = "#visitor/";
/** @type {Person[]} */
const open = kept("people", []);
/** @type {Record<string, number>} Chats whose tab was closed, and the number of their last event then. */
const dismissed = kept("dismissed", {});
/** @type {string | null} Who is to be invited as soon as their profile is in sight. */
let invited = null;
/** @type {string | null} Who was opened, until their profile has come into sight. */
let opened = null;
/** @type {Set<() => void>} */
const listeners = new Set();

const changed = () => {
  keep("people", open);
  for (const listener of listeners) listener();
};

export const people = {
  /** @returns {readonly Person[]} */
  all: () => open,

  /** @param {string} visitor */
  find: (visitor) => open.find((person) => person.visitor === visitor),

  /** The person whose profile the address shows. */
  shown: () => (me.operates && location.hash.startsWith(PREFIX) ? open.find((person) => people.address(person.visitor) === location.hash) : undefined),

  /** @param {string} visitor */
  address: (visitor) => PREFIX + encodeURIComponent(visitor),

  /** @param {() => void} listener called after every change; returns what ends it */
  onChange(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },

  /**
   * Open a profile, or come back to it.
   * @param {string} visitor
   * @param {{name?: string | null, tab?: ProfileTab, conversation?: string | null, invite?: boolean}} how
   */
  open(visitor, { name = null, tab = "general", conversation = null, invite = false }) {
    if (!me.operates) return;
    const known = people.find(visitor);
    if (known) Object.assign(known, { tab, name: name ?? known.name, conversation: conversation ?? known.conversation });
    else open.push({ visitor, name, tab, conversation });
    if (invite) invited = visitor;
    opened = visitor;
    location.hash = people.address(visitor);
    changed();
  },

  /** Whether this person was just opened, by whatever leads to a profile; asked once. @param {string} visitor */
  wasOpened(visitor) {
    if (opened !== visitor) return false;
    opened = null;
    return true;
  },

  /** Whether this person is to be invited now; asked once. @param {string} visitor */
  toInvite(visitor) {
    if (invited !== visitor) return false;
    invited = null;
    return true;
  },

  /**
   * A chat of mine has its tab, which comes up by itself, unless it was closed and nothing was said since.
   * @param {Pick<Talk, "id" | "visitor" | "name" | "number" | "last">} row
   */
  serve(row) {
    const closed = dismissed[row.id];
    if (people.find(row.visitor) || (closed !== undefined && (row.number <= closed || row.last?.author !== "visitor"))) return;
    open.push({ visitor: row.visitor, name: row.name, tab: "live", conversation: row.id });
    changed();
  },

  /** @param {string} conversation @param {number} number of its last event */
  dismiss(conversation, number) {
    dismissed[conversation] = number;
    keep("dismissed", dismissed);
  },

  /**
   * What was learnt of an open person.
   * @param {string} visitor
   * @param {Partial<Person>} news
   */
  learn(visitor, news) {
    const known = people.find(visitor);
    if (!known || Object.entries(news).every(([key, value]) => known[/** @type {keyof Person} */ (key)] === value)) return;
    Object.assign(known, news);
    changed();
  },

  /** @param {string} visitor */
  close(visitor) {
    const at = open.findIndex((person) => person.visitor === visitor);
    if (at < 0) return;
    const shown = people.shown()?.visitor === visitor;
    open.splice(at, 1);
    changed();
    if (shown) location.hash = sections.home();
  },
};

export const sections = {
  /** The section's id the address names, or null; what a section keeps in the address follows it after / or ?. */
  named: () => (location.hash.startsWith(PREFIX) ? null : location.hash.slice(1).split(/[/?]/)[0] || null),
  /** The section last shown. */
  last: () => kept("section", ""),
  /** The whole address of the section last shown. */
  home: () => kept("home", "") || `#${sections.last()}`,
  /** @param {string} section */
  remember: (section) => {
    keep("section", section);
    if (sections.named() === section) keep("home", location.hash);
  },
};

// Which people are open in this tab, and which address shows what. The address's fragment is a section or a visitor;
// the open people, their tabs and the last section survive a reload.

import { keep, kept } from "/app/static/parlour/kept.js";

/** @typedef {"general" | "live"} ProfileTab */
/** @typedef {{visitor: string, name: string | null, tab: ProfileTab, conversation: string | null}} Person */

const PREFIX = "#visitor/";
/** @type {Person[]} */
const open = kept("people", []);
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
  shown: () => (location.hash.startsWith(PREFIX) ? people.find(decodeURIComponent(location.hash.slice(PREFIX.length))) : undefined),

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
   * @param {{name?: string | null, tab?: ProfileTab, conversation?: string | null}} how
   */
  open(visitor, { name = null, tab = "general", conversation = null }) {
    const known = people.find(visitor);
    if (known) Object.assign(known, { tab, name: name ?? known.name, conversation: conversation ?? known.conversation });
    else open.push({ visitor, name, tab, conversation });
    changed();
    location.hash = people.address(visitor);
  },

  /**
   * What was learnt of an open person.
   * @param {string} visitor
   * @param {Partial<Person>} news
   */
  learn(visitor, news) {
    const known = people.find(visitor);
    if (!known || Object.entries(news).every(([key, value]) => /** @type {any} */ (known)[key] === value)) return;
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

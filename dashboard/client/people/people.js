// Which people are open in this tab, and which address shows whom. The address's fragment is a section or a visitor;
// the open people and their tabs survive a reload.

/** @import { OwnConversation } from "../wire.js" */
/** @typedef {"general" | "live" | "messages"} ProfileTab */
/** @typedef {{visitor: string, name: string | null, tab: ProfileTab, conversation: string | null}} Person */
/** @typedef {import("./sections.js").Store} Store */
/** @typedef {{store: Store, location: {hash: string}, sections: {home: () => string}, operates: boolean}} Parts `operates`: whether whoever is signed in sees profiles at all */

/** What a person's address begins with. */
export const PERSON = "#visitor/";

export class People {
  /** @param {Parts} parts */
  constructor({ store, location, sections, operates }) {
    this.store = store;
    this.location = location;
    this.sections = sections;
    this.operates = operates;
    /** @type {Person[]} */
    this.persons = store.kept("people", []);
    /** @type {Record<string, number>} Chats whose tab was closed, and the number of their last event then. */
    this.dismissed = store.kept("dismissed", {});
    /** @type {string | null} Who is to be invited as soon as their profile is in sight. */
    this.invited = null;
    /** @type {string | null} Who was opened, until their profile has come into sight. */
    this.opened = null;
    /** @type {Set<() => void>} */
    this.listeners = new Set();
  }

  /** @returns {readonly Person[]} */
  all() {
    return this.persons;
  }

  /** @param {string} visitor */
  find(visitor) {
    return this.persons.find((person) => person.visitor === visitor);
  }

  /** The person whose profile the address shows. */
  shown() {
    return this.operates ? this.persons.find((person) => this.address(person.visitor) === this.location.hash) : undefined;
  }

  /** @param {string} visitor */
  address(visitor) {
    return PERSON + encodeURIComponent(visitor);
  }

  /** @param {() => void} listener called after every change; returns what ends it */
  onChange(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  changed() {
    this.store.keep("people", this.persons);
    for (const listener of this.listeners) listener();
  }

  /**
   * Open a profile, or come back to it.
   * @param {string} visitor
   * @param {{name?: string | null, tab?: ProfileTab, conversation?: string | null, invite?: boolean}} how
   */
  open(visitor, { name = null, tab = "general", conversation = null, invite = false }) {
    if (!this.operates) return;
    const known = this.find(visitor);
    if (known) Object.assign(known, { tab, name: name ?? known.name, conversation: conversation ?? known.conversation });
    else this.persons.push({ visitor, name, tab, conversation });
    if (invite) this.invited = visitor;
    this.opened = visitor;
    this.location.hash = this.address(visitor);
    this.changed();
  }

  /** Whether this person was just opened, by whatever leads to a profile; asked once. @param {string} visitor */
  wasOpened(visitor) {
    if (this.opened !== visitor) return false;
    this.opened = null;
    return true;
  }

  /** Whether this person is to be invited now; asked once. @param {string} visitor */
  toInvite(visitor) {
    if (this.invited !== visitor) return false;
    this.invited = null;
    return true;
  }

  /**
   * A chat of mine has its tab, which comes up by itself, unless it was closed and nothing was said since.
   * @param {Pick<OwnConversation, "id" | "visitor" | "name" | "number" | "last">} row
   */
  serve(row) {
    const closed = this.dismissed[row.id];
    if (this.find(row.visitor) || (closed !== undefined && (row.number <= closed || row.last?.author !== "visitor"))) return;
    this.persons.push({ visitor: row.visitor, name: row.name, tab: "live", conversation: row.id });
    this.changed();
  }

  /** @param {string} conversation @param {number} number of its last event */
  dismiss(conversation, number) {
    this.dismissed[conversation] = number;
    this.store.keep("dismissed", this.dismissed);
  }

  /**
   * What was learnt of an open person.
   * @param {string} visitor
   * @param {Partial<Person>} news
   */
  learn(visitor, news) {
    const known = this.find(visitor);
    if (!known) return;
    const before = { ...known };
    Object.assign(known, news);
    if (JSON.stringify(before) !== JSON.stringify(known)) this.changed();
  }

  /** @param {string} visitor */
  close(visitor) {
    const at = this.persons.findIndex((person) => person.visitor === visitor);
    if (at < 0) return;
    const shown = this.shown()?.visitor === visitor;
    this.persons.splice(at, 1);
    this.changed();
    if (shown) this.location.hash = this.sections.home();
  }
}

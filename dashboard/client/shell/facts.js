// What the page knows from the start: the words and who is signed in.

/** @import { Deed, Facts, State } from "../wire.js" */

const NOTHING = '{"words":{},"me":{"id":"","name":"","operates":false},"may":{},"limits":{"message":0}}';

/** @type {Facts} */
const facts = JSON.parse(globalThis.document?.getElementById("facts")?.textContent ?? NOTHING);

export const me = facts.me;

/** How long a text may be, in characters. */
export const limits = facts.limits;

/** What an operator may do with a conversation in this state, by the table that main has. @param {State | null} state */
export const deeds = (state) => (state && facts.may[state]) ?? [];

/** Whether an operator may do something in this state. @param {State | null} state @param {Deed} deed */
export const may = (state, deed) => deeds(state).includes(deed);

/** Whether there is a text for a key. @param {string} key */
export const has = (key) => key in facts.words;

/**
 * A text of the catalogue.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export function t(key, values = {}) {
  const text = facts.words[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/**
 * A count with its noun: `key.one` or `key.many`.
 * @param {string} key
 * @param {number} n
 */
export function count(key, n) {
  return t(n === 1 ? `${key}.one` : `${key}.many`, { n });
}

/**
 * Who a visitor is, as far as known.
 * @param {string | null | undefined} name
 */
export function visitorName(name) {
  return name || t("visitor.unnamed");
}

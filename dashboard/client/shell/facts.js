// What the page knows from the start: the words and who is signed in.

/** @import { Deed, Facts, State } from "/app/static/parlour/wire.js" */

/** @type {Facts} */
const facts = JSON.parse(document.getElementById("facts")?.textContent ?? '{"words":{},"me":{"id":"","name":"","operates":false},"may":{}}');

export const me = facts.me;

/**
 * Whether an operator may do something with a conversation in this state, by the table that main has.
 * @param {State | null | undefined} state
 * @param {Deed} deed
 */
export const may = (state, deed) => (state && facts.may[state]?.includes(deed)) || false;

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

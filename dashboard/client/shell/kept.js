// What a reload must not lose, kept in this tab's sessionStorage, apart for each operator.

import { me } from "./facts.js";

const key = (/** @type {string} */ name) => `parlour.${me.id}.${name}`;

/**
 * @template T
 * @param {string} name
 * @param {T} otherwise
 * @returns {T}
 */
export function kept(name, otherwise) {
  try {
    const text = sessionStorage.getItem(key(name));
    return text === null ? otherwise : JSON.parse(text);
  } catch (error) {
    console.warn("parlour: what was kept cannot be read", name, error);
    return otherwise;
  }
}

/**
 * @param {string} name
 * @param {unknown} value null forgets it
 */
export function keep(name, value) {
  try {
    if (value === null) sessionStorage.removeItem(key(name));
    else sessionStorage.setItem(key(name), JSON.stringify(value));
  } catch (error) {
    console.warn("parlour: cannot be kept over a reload", name, error);
  }
}

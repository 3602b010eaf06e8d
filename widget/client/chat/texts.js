// The text catalogue in the page's language. A key that is not there shows itself, so that it is found.

/** @typedef {(key: string, values?: Record<string, string | number>) => string} Texts */

/** @param {Record<string, string>} catalogue @returns {Texts} */
export const texts =
  (catalogue) =>
  (key, values = {}) =>
    (catalogue[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));

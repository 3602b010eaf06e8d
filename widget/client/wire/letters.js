// What page and chat window write to each other by postMessage: `{parlour: 1, t, …}`, checked by a table of fields.

/** @typedef {Record<string, Record<string, "string" | "number" | "boolean">>} Table */

/** @type {Table} */
export const TO_PAGE = { ready: { open: "boolean" }, visitor: { visitor: "string" }, close: {}, unread: { count: "number" } };

/** @type {Table} */
export const TO_CHAT = { hello: { visitor: "string", keep: "boolean" }, keep: {}, open: { focus: "boolean" }, close: {} };

/**
 * The letter if it has the shape the table asks for, else null.
 * @param {any} data @param {Table} table @returns {any}
 */
export function read(data, table) {
  if (data?.parlour !== 1 || !Object.hasOwn(table, data.t)) return null;
  return Object.entries(table[data.t] ?? {}).every(([field, type]) => typeof data[field] === type) ? data : null;
}

// What page and chat window write to each other by postMessage: `{parlour: 1, t, …}`, checked by a table of fields.

/** @typedef {Record<string, Record<string, "string" | "number" | "boolean">>} Table */

/** @type {Table} `fit`: the window is so high, 0: as high as it can be; `told`: something happened in the conversation */
export const TO_PAGE = {
  ready: { open: "boolean" },
  visitor: { visitor: "string" },
  show: {},
  close: { byHand: "boolean" },
  unread: { count: "number" },
  fit: { height: "number" },
  told: { what: "string" },
  act: {},
};

/** @type {Table} `live`: the page has a connection, so that the window may expect one */
export const TO_CHAT = {
  hello: { visitor: "string", keep: "boolean", live: "boolean" },
  keep: {},
  open: { focus: "boolean" },
  close: { byHand: "boolean" },
};

/**
 * The letter if it has the shape the table asks for, else null.
 * @param {any} data @param {Table} table @returns {any}
 */
export function read(data, table) {
  if (data?.parlour !== 1 || !Object.hasOwn(table, data.t)) return null;
  return Object.entries(table[data.t] ?? {}).every(([field, type]) => typeof data[field] === type) ? data : null;
}

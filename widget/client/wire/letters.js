// What page and chat window write to each other by postMessage: `{parlour: 1, t, …}`, checked by a table of fields.

/** @typedef {Record<string, Record<string, "string" | "number" | "boolean">>} Table */

/**
 * @template {Table} T
 * @typedef {{ [Kind in keyof T]: { t: Kind } & { [F in keyof T[Kind]]: Types[T[Kind][F]] } }[keyof T]} Letter one of a table
 */
/** @typedef {{ string: string, number: number, boolean: boolean }} Types */

/** `tells`: what the button tells, both "" for nothing; `fit`: the window is so high, 0: as high as it can be; `told`: something happened in the conversation */
export const TO_PAGE = /** @type {const} */ ({
  ready: { open: "boolean" },
  visitor: { visitor: "string" },
  show: {},
  close: { byHand: "boolean" },
  unread: { count: "number" },
  tells: { head: "string", line: "string" },
  fit: { height: "number" },
  told: { what: "string" },
  act: {},
});

/**
 * `service`: what the button offers now, told before the hello; `live`: the page has a connection, so that the window may expect one;
 * `forget`: in the place of a hello: whoever these pages had is gone, and so is what was kept of them; `ready` says that it is
 */
export const TO_CHAT = /** @type {const} */ ({
  service: { service: "string" },
  hello: { visitor: "string", keep: "boolean", live: "boolean" },
  keep: {},
  forget: {},
  open: { focus: "boolean" },
  close: { byHand: "boolean" },
});

/**
 * The letter if it has the shape the table asks for, else null.
 * @template {Table} T
 * @param {{ t: string, [field: string]: unknown } | null | undefined} data @param {T} table @returns {Letter<T> | null}
 */
export function read(data, table) {
  if (data?.parlour !== 1 || !Object.hasOwn(table, data.t)) return null;
  return Object.entries(table[data.t] ?? {}).every(([field, type]) => typeof data[field] === type) ? /** @type {Letter<T>} */ (data) : null;
}

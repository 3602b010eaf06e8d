// The order of the Communication Queue: who was in a chat already and lost the operator, then who waits longest.

const HEAD = new Set(["operator-lost", "operator-left"]);

/** @typedef {{id: string, since: string, reason: string, place: number, visitor: string, name: string | null}} Waiting */

/** @param {any} row */
const rank = (row) => `${HEAD.has(row.reason) ? 0 : 1}${row.since}${String(row.place).padStart(6, "0")}${row.id}`;

/**
 * Those who wait, in the order in which they come next.
 * @param {Iterable<any>} rows
 * @returns {Waiting[]}
 */
export const waitingFirst = (rows) => [...rows].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));

/** @param {any} row as a text to sort by */
export const queueOrder = rank;

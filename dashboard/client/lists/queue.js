// The order of the Communication Queue, over all departments: by the turn that main gives each row.

/** @typedef {{id: string, turn: [boolean, string], place: number, visitor: string, name: string | null}} Waiting */

/** @param {any} row */
const rank = ({ turn: [later, since], place, id }) => `${later ? 1 : 0}${since}${String(place).padStart(6, "0")}${id}`;

/**
 * Those who wait, in the order in which they come next.
 * @param {Iterable<any>} rows
 * @returns {Waiting[]}
 */
export const waitingFirst = (rows) => [...rows].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));

/** @param {any} row as a text to sort by */
export const queueOrder = rank;

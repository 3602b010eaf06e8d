// The order of the Communication Queue, over all departments: by the turn that main gives each row.

/** @import { Waiting } from "/app/static/parlour/wire.js" */

/** @param {Waiting} row */
const rank = ({ turn: [later, since], place, id }) => `${later ? 1 : 0}${since}${String(place).padStart(6, "0")}${id}`;

/**
 * Those who wait, in the order in which they come next.
 * @param {Iterable<Waiting>} rows
 * @returns {Waiting[]}
 */
export const waitingFirst = (rows) => [...rows].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));

/** @param {Waiting} row as a text to sort by */
export const queueOrder = rank;

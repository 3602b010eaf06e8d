// Which lines of a conversation belong together: one author's within a short time, and those of one day. Pure.

/** @import { Entry } from "../wire.js" */
/** @typedef {Pick<Entry, "what" | "at" | "author" | "operator" | "visitor">} Said */

const SOON = 120_000; // ms

/** Whether two times are of one day where they are read. @param {string | number} one @param {string | number} other */
export const sameDay = (one, other) => new Date(one).toDateString() === new Date(other).toDateString();

/** @param {Said} said */
const by = (said) => (said.author === "visitor" ? said.visitor : said.operator);

/**
 * Whether a message goes on with the one before it, so that neither name nor time is said again.
 * @param {Said | null} before the line above
 * @param {Said} said
 */
export function goesOn(before, said) {
  if (before?.what !== "message" || said.what !== "message") return false;
  if (before.author !== said.author || by(before) !== by(said)) return false;
  return sameDay(before.at, said.at) && Date.parse(said.at) - Date.parse(before.at) < SOON;
}

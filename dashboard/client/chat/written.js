// What people write, looked at before it is sent or shown.

/** @import { Refused, Span } from "../wire.js" */

const HARMLESS = /^(https?:\/\/|mailto:)/i;

/**
 * Why main would refuse a text, where that can be seen here.
 * @param {string} text
 * @param {number} limit in characters
 * @returns {Refused | null}
 */
export function faultOf(text, limit) {
  if ([...text.trim()].length > limit) return { outcome: "refused", reason: "too-long", limit };
  return /\p{Surrogate}/u.test(text) ? { outcome: "refused", reason: "bad-text" } : null;
}

/** Where a span leads; null where it is no link, or one whose scheme could do harm. @param {Span} span */
export const leadsTo = ({ href }) => (href && HARMLESS.test(href) ? href : null);

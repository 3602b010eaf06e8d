// A report's parameters as the address that asks for it.

/** @import { Parameters } from "../wire.js" */

/** @param {Parameters} parameters */
export function addressOf({ report, period, first, last, zone, of }) {
  const named = new URLSearchParams({ period });
  if (period === "custom" && first && last) {
    named.set("from", first);
    named.set("to", last);
  }
  if (zone) named.set("zone", zone);
  for (const [name, chosen] of Object.entries(of)) if (chosen) named.set(name, chosen);
  return `#reports/${report}?${named}`;
}

/**
 * A time zone's day so many days ago.
 * @param {number} days
 * @param {string} [timeZone]
 * @param {number} [now] in milliseconds
 */
export const dayBefore = (days, timeZone = "UTC", now = Date.now()) =>
  new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }).format(new Date(now - days * 86_400_000));

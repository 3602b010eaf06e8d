// A report's parameters as the address that asks for it.

/** @import { Parameters } from "../wire.js" */

/** @param {Parameters} parameters */
export function addressOf({ report, period, first, last, of }) {
  const named = new URLSearchParams({ period });
  if (period === "custom" && first && last) {
    named.set("from", first);
    named.set("to", last);
  }
  for (const [name, chosen] of Object.entries(of)) if (chosen) named.set(name, chosen);
  return `#reports/${report}?${named}`;
}

/**
 * A UTC day so many days ago.
 * @param {number} days
 * @param {number} [now] in milliseconds
 */
export const dayBefore = (days, now = Date.now()) => new Date(now - days * 86_400_000).toISOString().slice(0, 10);

// How figures and cells of tables look: by their kind, in the browser's zone and manner of writing numbers.

import { h } from "../look/dom.js";
import { t } from "../shell/facts.js";
import { clock, exact } from "../shell/time.js";

/** @import { Kind } from "../wire.js" */

const DAY = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const WEEKDAY = new Intl.DateTimeFormat(undefined, { weekday: "short", timeZone: "UTC" });
/** @type {Map<string | undefined, Intl.DateTimeFormat>} By time zone; as the plots' axes. */
const MOMENTS = new Map();

/** Seconds as they are said: "0.4 s", "12 s", "2 min 10 s", "3 h 5 min". @param {number} seconds */
export function duration(seconds) {
  if (seconds < 10) return t("span.seconds", { n: (Math.round(seconds * 10) / 10).toLocaleString() });
  const whole = seconds < 3600 ? Math.round(seconds) : Math.round(seconds / 60) * 60;
  if (whole < 60) return t("span.seconds", { n: whole });
  if (whole < 3600) return t(whole % 60 ? "span.minutes-seconds" : "span.minutes", { n: Math.floor(whole / 60), s: whole % 60 });
  return t(whole % 3600 ? "span.hours" : "span.whole-hours", { n: Math.floor(whole / 3600).toLocaleString(), m: Math.floor((whole % 3600) / 60) });
}

/**
 * A day and the time on it.
 * @param {string} iso
 * @param {string} [timeZone] if not the browser's
 */
export function moment(iso, timeZone) {
  const there = MOMENTS.get(timeZone);
  const format = there ?? new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", hour: "numeric", minute: "2-digit", timeZone });
  MOMENTS.set(timeZone, format);
  return format.format(new Date(iso));
}

/** @param {string} iso */
export const day = (iso) => DAY.format(new Date(iso));

/**
 * A value as text.
 * @param {unknown} value
 * @param {Kind} kind
 * @param {string} [zone] by whose clocks, if not the browser's
 */
export function said(value, kind, zone) {
  if (value === null || value === undefined || value === "") return "–";
  if (kind === "count") return Number(value).toLocaleString();
  if (kind === "seconds" || kind === "length") return clock(Math.round(Number(value)));
  if (kind === "day") return `${WEEKDAY.format(new Date(String(value)))} ${day(String(value))}`;
  return kind === "time" ? moment(String(value), zone) : String(value);
}

/** Whether a kind is a number, which stands at the right. @param {Kind} kind */
export const isNumber = (kind) => kind === "count" || kind === "seconds" || kind === "length";

/**
 * A cell; the first of a row names it.
 * @param {unknown} value
 * @param {Kind} kind
 * @param {boolean} names
 * @param {string} [zone]
 */
export function cell(value, kind, names, zone) {
  const text = said(value, kind, zone);
  const title = kind === "time" && value ? exact(String(value)) : kind === "text" && text.length > 30 ? text : null;
  return h(names ? "th" : "td", { class: isNumber(kind) ? "number" : `is-${kind}`, scope: names ? "row" : null, title }, text);
}

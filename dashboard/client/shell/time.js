// Times for people: relative under an hour, exact on hover, ticking.

import { h, setText } from "../look/dom.js";
import { now, t } from "./facts.js";
import { ServerClock } from "./server_clock.js";
import { Shown } from "./shown.js";

/** The server's clock, by which all is shown; the lifeline keeps it right. */
export const server = new ServerClock(
  () => performance.now(),
  () => Date.now(),
);
if (now) server.hear(now, performance.now());

/** The page's one clock of what is shown; it is set where the past is looked at. */
export const shown = new Shown(() => server.now());

// One clock, that of who looks: as visitors have theirs, and as on the axes of the plots.
const SHORT = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const SECONDS = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit", second: "2-digit" });
const LONG = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

/** Whether it is a clock of twelve hours. */
export const twelve = SHORT.resolvedOptions().hour12 === true;

const DAY = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
const DATED = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** A day's name. @param {string} iso */
export const dayName = (iso) => DAY.format(new Date(iso));

/** The time of day, with the date where that is not today's. @param {string} iso */
export const when = (iso) => (new Date(iso).toDateString() === new Date(shown.now()).toDateString() ? SHORT : DATED).format(new Date(iso));

/** @param {string} iso */
export const hour = (iso) => SHORT.format(new Date(iso));

/** To the second. @param {string} iso */
export const clockTime = (iso) => SECONDS.format(new Date(iso));

/** @param {string} iso */
export const exact = (iso) => LONG.format(new Date(iso));

/**
 * Minutes and seconds, as a clock that counts up: "2:10".
 * @param {number} seconds
 */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const minutes = Math.floor(whole / 60);
  const rest = String(whole % 60).padStart(2, "0");
  return minutes < 60 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}:${rest}`;
}

/**
 * How long, in words: "12 s", "4 min", "2 h 5 min".
 * @param {number} seconds
 */
export function span(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 60) return t("span.seconds", { n: whole });
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return t("span.minutes", { n: minutes });
  return t("span.hours", { n: Math.floor(minutes / 60), m: minutes % 60 });
}

/** @param {number} seconds */
const ago = (seconds) => t("span.ago", { span: span(seconds) });

/** By the time that is shown. @param {string} iso */
export const secondsSince = (iso) => (shown.now() - new Date(iso).getTime()) / 1000;

/**
 * A time that ticks: as a clock or in words since `iso`, or so long ago.
 * @param {string | null} iso
 * @param {"ago" | "clock" | "span"} [how]
 */
export function since(iso, how = "span") {
  if (!iso) return h("span", {}, "–");
  const element = h("time", { datetime: iso, title: exact(iso), "data-since": iso, "data-how": how });
  show(element);
  return element;
}

/**
 * A clock that counts down to `iso`.
 * @param {string | null} iso
 */
export function until(iso) {
  if (!iso) return h("span", {}, "–");
  const element = h("time", { datetime: iso, title: exact(iso), "data-since": iso, "data-how": "until" });
  show(element);
  return element;
}

/** @param {HTMLElement} element */
function show(element) {
  const seconds = secondsSince(element.dataset.since ?? "");
  const { how } = element.dataset;
  setText(element, how === "span" ? span(seconds) : how === "ago" ? ago(seconds) : clock(how === "until" ? -seconds : seconds));
}

/**
 * Keep all ticking times under an element right, once a second; returns what ends it.
 * @param {Element} root
 * @param {() => void} [also]
 */
export function ticking(root, also) {
  const timer = setInterval(() => {
    for (const element of root.querySelectorAll("[data-since]")) show(/** @type {HTMLElement} */ (element));
    also?.();
  }, 1000);
  return () => clearInterval(timer);
}

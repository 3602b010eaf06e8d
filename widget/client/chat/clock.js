// Times and lengths of time as people read them.

/** 75 → "1:15" @param {number} seconds */
export function span(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** Seconds since a moment; never less than none. @param {string} at @param {number} now in ms */
export const since = (at, now) => Math.max(0, (now - Date.parse(at)) / 1000);

const CLOCK = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });

/** "14:02" by the reader's own clock, as operators have theirs. @param {string} at */
export const hour = (at) => CLOCK.format(new Date(at));

/** "1st" in the reader's way. @param {number} count @param {import("./texts.js").Texts} t @param {string} lang */
export const ordinal = (count, t, lang) => t(`place.${new Intl.PluralRules(known(lang), { type: "ordinal" }).select(count)}`, { count });

/** The language if the browser knows it; a language of our own (a test's) is English to it. @param {string} lang */
function known(lang) {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf([lang])[0] ?? "en";
  } catch {
    return "en";
  }
}

// The answer to a left message, as one's own mail program begins it: to whom, "Re:" what, and what they wrote. Pure.

const MOST = 1_800; // characters of such an address that every mail program takes

/**
 * The address that begins an answer.
 * @param {{to: string, subject: string, head: string, text: string}} parts `head`: who wrote it and when, above what they wrote
 */
export function answerTo({ to, subject, head, text }) {
  const address = to.split("@").map(encodeURIComponent).join("@");
  const begins = `mailto:${address}?subject=${encodeURIComponent(subject)}&body=`;
  return begins + quoted(head, text, MOST - begins.length);
}

/**
 * @param {string} head
 * @param {string} text
 * @param {number} most characters of what comes of it
 */
function quoted(head, text, most) {
  const signs = [...text.trim()];
  const whole = encoded(head, signs.join(""));
  if (whole.length <= most) return whole;
  let fits = 0;
  for (let step = signs.length; step >= 1; step = Math.floor(step / 2))
    while (fits + step <= signs.length && encoded(head, `${signs.slice(0, fits + step).join("")}…`).length <= most) fits += step;
  return fits ? encoded(head, `${signs.slice(0, fits).join("")}…`) : "";
}

/** @param {string} head @param {string} text */
const encoded = (head, text) => encodeURIComponent(["", "", head, ...text.split(/\r?\n/).map((line) => `> ${line}`)].join("\r\n"));

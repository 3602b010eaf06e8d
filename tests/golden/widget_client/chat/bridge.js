// The window's end of the letters: only the page around us, and only if it is one of the site's origins.
import { TO_CHAT, read } from "../wire/letters.js";

/**
 * @param {string[]} origins the site's
 * @param {Record<string, (letter: any) => void>} on what each kind of letter does
 * @returns {(letter: object) => void} writes to the page, once it has written
 */
export function bridge(origins, on) {
  let page = "";
  addEventListener("message", (event) => {
    if (event.source !== parent || !origins.includes(event.origin)) return;
    const letter = read(event.data, TO_CHAT);
    if (!letter) return;
    page = event.origin;
    on[letter.t]?.(letter);
  });
  return (letter) => page && parent.postMessage({ parlour: 1, ...letter }, page);
}

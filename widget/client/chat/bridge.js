// The window's end of the letters: only the page around us, and only if it is one of the site's origins.
import { TO_CHAT, read } from "../wire/letters.js";
import { matches } from "../wire/origins.js";

/**
 * @typedef {import("../wire/letters.js").Letter<typeof TO_CHAT>} ToChat
 * @param {string[]} origins the site's
 * @param {{ [Kind in ToChat["t"]]: (letter: Extract<ToChat, { t: Kind }>, page: string) => void }} on what each kind of letter does; `page` is its origin
 * @returns {(letter: import("../wire/letters.js").Letter<typeof import("../wire/letters.js").TO_PAGE>) => void} writes to the
 *   page, once it has written
 */
export function bridge(origins, on) {
  let page = "";
  addEventListener("message", (event) => {
    if (event.source !== parent || !matches(event.origin, origins)) return;
    const letter = read(event.data, TO_CHAT);
    if (!letter) return;
    page = event.origin;
    const does = /** @type {(letter: ToChat, page: string) => void} */ (on[letter.t]);
    does(letter, page);
  });
  return (letter) => page && parent.postMessage({ parlour: 1, ...letter }, page);
}

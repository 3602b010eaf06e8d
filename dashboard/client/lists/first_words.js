// What a visitor who waits says that it is about, in a row, a card or a tooltip: foreign text, which turns nothing around it.

import { h, setText } from "../look/dom.js";

/** As a line of its own, which is not there while nothing was said. @param {string | null} words */
export function wordsLine(words) {
  const line = h("p", { class: "first-words" }, h("q", {}, h("bdi")));
  sayWords(line, words);
  return line;
}

/** The line says something else now; `within` is the line, or what it is in. @param {HTMLElement} within @param {string | null} words */
export function sayWords(within, words) {
  const line = within.matches(".first-words") ? within : within.querySelector(".first-words");
  if (!(line instanceof HTMLElement)) return;
  line.hidden = !words;
  setText(/** @type {Element} */ (line.querySelector("bdi")), words ?? "");
}

/** Beside what a tooltip says already: isolated by characters, as no element can be in it. @param {string} said @param {string | null} words */
export const withWords = (said, words) => (words ? `${said}: \u2068${words}\u2069` : said);

// What a visitor who waits says that it is about, in a row, a card or a tooltip: foreign text, which turns nothing around it.

import { h } from "../look/dom.js";

/** As a line of its own; null where nothing was said. @param {string | null} words */
export const wordsLine = (words) => words && h("p", { class: "first-words" }, h("q", {}, h("bdi", {}, words)));

/** Beside what a tooltip says already: isolated by characters, as no element can be in it. @param {string} said @param {string | null} words */
export const withWords = (said, words) => (words ? `${said}: \u2068${words}\u2069` : said);

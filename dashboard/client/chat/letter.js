// Where a left message stands: open, answered, closed.

import { h, icon } from "../look/dom.js";
import { t } from "../shell/facts.js";

/** @type {Record<string, string>} What is done by saying that it stands so. */
const DEEDS = { open: "reopen", answered: "answer", closed: "close" };

/** What may be said of it. @param {readonly string[]} may what may be done, as main says */
export const marks = (may) => Object.keys(DEEDS).filter((state) => may.includes(DEEDS[state] ?? ""));

/** @param {string} state */
export const standing = (state) => h("span", { class: `mark ${state === "open" ? "waiting" : state === "answered" ? "active" : ""}` }, icon(state === "open" ? "mail" : "check"), t(`left.${state}`));

// Where a left message stands: open, answered, closed.

import { h, icon } from "../look/dom.js";
import { t } from "../shell/facts.js";

/** @import { Deed } from "../wire.js" */
/** @typedef {import("../wire.js").Mark["state"]} Standing */

/** @type {[Standing, Deed][]} What is done by saying that it stands so. */
const DEEDS = [
  ["open", "reopen"],
  ["answered", "answer"],
  ["closed", "close"],
];

/** What may be said of it. @param {readonly Deed[]} may what may be done, as main says */
export const marks = (may) => DEEDS.filter(([, deed]) => may.includes(deed)).map(([state]) => state);

/** @type {Record<Standing, string>} */
const SIGNS = { open: "mail", answered: "check", closed: "archive" };

/** The sign of where it stands. @param {Standing} state */
export const signOfStanding = (state) => icon(SIGNS[state]);

/** @param {Standing} state */
export const standing = (state) =>
  h("span", { class: `mark ${state === "open" ? "waiting" : state === "answered" ? "active" : ""}` }, signOfStanding(state), t(`left.${state}`));

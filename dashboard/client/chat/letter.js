// Where a left message stands: open, answered, closed.

import { h, icon } from "/app/static/parlour/look/dom.js";
import { t } from "/app/static/parlour/shell/facts.js";

/** @typedef {import("/app/static/parlour/wire.js").Mark["state"]} Standing */

/** @type {Standing[]} */
export const STANDINGS = ["open", "answered", "closed"];

/** @param {Standing} state */
export const standing = (state) => h("span", { class: `mark ${state === "open" ? "waiting" : state === "answered" ? "active" : ""}` }, icon(state === "open" ? "mail" : "check"), t(`left.${state}`));

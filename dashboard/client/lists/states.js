// What the states of a conversation look like in a list. It must not know what may be done in them: the server says that.

import { icon } from "../look/dom.js";
import { t } from "../shell/facts.js";

/** @type {Record<string, string>} */
const SIGNS = { invited: "chat", routing: "clock", queued: "clock", active: "chat", "on-hold": "pause" };
const MARKED = new Set(["on-hold"]); // of the chats that one serves; that they are active goes without saying

/** The sign of a state in which a conversation goes on. @param {string} state */
export const stateSign = (state) => icon(SIGNS[state] ?? "chat");

/** How available an operator is, in words. @param {Pick<import("../wire.js").OperatorNow, "state" | "offers">} row */
export const availability = ({ state, offers }) => (state === "full" && offers > 0 ? t("operator.full-offered", { n: offers }) : t(`operator.state.${state}`));

/** Whether a chat among one's own is marked with its state. @param {string} state */
export const marked = (state) => MARKED.has(state);

// What the button on the page tells while the window is closed: where one stands, who answered, in a headline and a line. Pure.
import { ordinal } from "./clock.js";
import { may, textOf } from "./conversation.js";
import { news } from "./unread.js";

const MOST = 120; // characters of a line

/** @typedef {{ head: string, line: string }} Told both "" where there is nothing to tell */
/** @type {Told} */
const NOTHING = { head: "", line: "" };

/**
 * @param {import("./conversation.js").Model} model @param {{ conversation: string, number: number } | undefined} read up to where the
 * visitor has seen it @param {import("./texts.js").Texts} t @param {string} lang @returns {Told}
 */
export function telling({ conversation, place }, read, t, lang) {
  if (!conversation) return NOTHING;
  if (may(conversation, "cancel")) {
    if (conversation.state !== "queued") return { head: t("told.routing"), line: "" };
    return { head: place ? t("told.place", { place: ordinal(place.place, t, lang) }) : t("told.waiting"), line: "" };
  }
  const unseen = news(conversation, read);
  const message = unseen.findLast(({ what }) => what === "message");
  const operator = (message ?? unseen.at(-1))?.operator ?? conversation.operator ?? t("chat.operator");
  const line = message ? [...textOf(message).trim().replace(/\s+/g, " ")].slice(0, MOST).join("") : "";
  if (may(conversation, "end") && !may(conversation, "say")) return { head: t("told.suspended", { operator }), line };
  if (unseen.some(({ what }) => what === "ended")) return { head: t("ended.operator", { operator }), line };
  if (message) return { head: t("told.answered", { operator }), line };
  return unseen.length ? { head: t("told.here", { operator }), line } : NOTHING;
}

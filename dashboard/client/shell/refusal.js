// Why something is refused or does not come, in words: what happened, what to do, and its code, which is the same in the
// protocol's list of errors and in the log.

import { h } from "../look/dom.js";
import { has, t } from "./facts.js";

/**
 * Words with the code of what they tell.
 * @param {string} words
 * @param {string} code
 */
export const coded = (words, code) => [words, " ", h("code", { class: "code", title: t("code") }, code)];

/** @param {import("../wire.js").Refused} outcome */
export const refusal = (outcome) => coded(words(outcome), outcome.reason);

/** @param {import("../wire.js").Refused} outcome */
function words({ reason, by, limit, detail }) {
  if (reason === "in-chat" && (detail === "waiting" || !by)) return t("refused.in-chat.waiting");
  return t(`refused.${reason}`, { operator: by ?? "–", limit: (limit ?? 0).toLocaleString() });
}

/** Why a view cannot be watched. @param {string} reason */
export const whyLost = (reason) => t(has(`lost.${reason}`) ? `lost.${reason}` : "lost.failed");

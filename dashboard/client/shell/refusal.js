// Why main refused what was asked for, in words.

import { t } from "./facts.js";

/** @param {import("../wire.js").Refused} outcome */
export function refusal({ reason, by, limit, detail }) {
  if (reason === "in-chat" && (detail === "waiting" || !by)) return t("refused.in-chat.waiting");
  return t(`refused.${reason}`, { operator: by ?? "–", limit: (limit ?? 0).toLocaleString() });
}

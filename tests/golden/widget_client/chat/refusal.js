// Why something was refused, in the visitor's words.

const KNOWN = new Set(["too-long", "too-fast", "bad-text", "empty", "ended", "busy", "unknown-department", "on-hold", "not-active", "offline"]);

/** @param {import("./texts.js").Texts} t @param {import("../wire/frames.js").Refusal | null | undefined} error */
export function reason(t, error) {
  if (!error) return "";
  if (error.reason === "too-fast" && (error.limit ?? 0) > 120) return t("error.too-fast-day");
  if (!KNOWN.has(error.reason)) return t("error.other", { reason: error.reason });
  return t(`error.${error.reason}`, { limit: error.limit ?? "–" });
}

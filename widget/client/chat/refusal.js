// Why something was refused, in the visitor's words.

/** @param {import("./texts.js").Texts} t @param {import("./outbox.js").Fault | null | undefined} error */
export function reason(t, error) {
  if (!error) return "";
  if (error.reason === "too-fast" && (error.limit ?? 0) > 120) return t("error.too-fast-day");
  const keys = [`error.${error.reason}.${error.detail}`, `error.${error.reason}`];
  const key = keys.find((key) => t(key) !== key); // a key without a text shows itself
  return key ? t(key, { limit: error.limit ?? "–" }) : t("error.other", { reason: error.reason });
}

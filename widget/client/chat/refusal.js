// Why something was refused, in the visitor's words.

/** @param {import("./texts.js").Texts} t @param {import("./outbox.js").Fault | null | undefined} error */
export function reason(t, error) {
  if (!error) return "";
  if (error.reason === "too-fast" && (error.limit ?? 0) > 120) return t("error.too-fast-day");
  const key = `error.${error.reason}`;
  const said = t(key, { limit: error.limit ?? "–" });
  return said === key ? t("error.other", { reason: error.reason }) : said; // a key without a text shows itself
}

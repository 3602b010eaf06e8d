// How long a text is, as the server counts; how long it may be comes with the document, so that nobody's is refused after a wait.

/** Characters as the server counts them: code points. @param {string} text */
export const length = (text) => [...text].length;

/** Whether a text holds half a character, which nothing can carry. @param {string} text */
export const broken = (text) => /\p{Surrogate}/u.test(text);

/**
 * Why a text cannot go out as a message; null where it can.
 * @param {string} text @param {number} limit @returns {{ reason: "too-long" | "bad-text", limit?: number } | null}
 */
export function faultOf(text, limit) {
  if (length(text.trim()) > limit) return { reason: "too-long", limit };
  return broken(text) ? { reason: "bad-text" } : null;
}

/** Whether what is wrong is a text that may be so long. @param {{ reason: string, limit?: number } | null | undefined} error @param {number} limit */
export const isOfText = (error, limit) => error?.reason === "bad-text" || (error?.reason === "too-long" && error.limit === limit);

/** Whether a text is one of what a pattern of the server's describes, from its first character to its last. @param {string} pattern @param {string} text */
export const isAll = (pattern, text) => new RegExp(`^(?:${pattern})$`, "u").test(text);

// How long a text is, as the server counts; how long it may be comes with the document, so that nobody's is refused after a wait.

/** Characters as the server counts them: code points. @param {string} text */
export const length = (text) => [...text].length;

/** Whether a text holds half a character, which nothing can carry. @param {string} text */
export const broken = (text) => /\p{Surrogate}/u.test(text);

/** Whether a text is one of what a pattern of the server's describes, from its first character to its last. @param {string} pattern @param {string} text */
export const isAll = (pattern, text) => new RegExp(`^(?:${pattern})$`, "u").test(text);

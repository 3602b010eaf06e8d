// What the server takes at most (`engine/text.py`), in characters; checked here so that nobody's text is refused after a wait.
export const MESSAGE = 10_000;
export const NAME = 80;
export const EMAIL = 254;
export const SUBJECT = 200;

/** Characters as the server counts them: code points. @param {string} text */
export const length = (text) => [...text].length;

/** Whether a text holds half a character, which nothing can carry. @param {string} text */
export const broken = (text) => /\p{Surrogate}/u.test(text);

// Keys that work anywhere in the dashboard, and their list; before them those of the sections, as the navigation has them.

import { focused } from "../look/dom.js";

/** @type {[keys: string[], text: string][]} */
export const LIST = [
  [["Alt", "A"], "keys.accept"],
  [["Alt", "N"], "keys.next"],
  [["Alt", "J"], "keys.unread"],
  [["Enter"], "keys.send"],
  [["Shift", "Enter"], "keys.break"],
  [["←", "→", "↑", "↓"], "keys.walk"],
  [["Page ↑", "Page ↓", "Home", "End"], "keys.leap"],
  [["Shift", "F10"], "keys.menu"],
  [["Esc"], "keys.close"],
  [["?"], "keys.help"],
];

/**
 * Do something at Alt and a key; returns what ends it.
 * @param {string} code as `KeyboardEvent.code`
 * @param {() => void} run
 */
export function alt(code, run) {
  return listen((event) => event.altKey && !event.ctrlKey && !event.metaKey && event.code === code, run);
}

/**
 * Do something at a character that nobody is typing; returns what ends it.
 * @param {string} key
 * @param {() => void} run
 */
export function bare(key, run) {
  return listen((event) => event.key === key && !event.altKey && !event.ctrlKey && !event.metaKey && !typing(), run);
}

/**
 * @param {(event: KeyboardEvent) => boolean} is
 * @param {() => void} run
 */
function listen(is, run) {
  const pressed = (/** @type {KeyboardEvent} */ event) => {
    if (!is(event)) return;
    event.preventDefault();
    run();
  };
  document.addEventListener("keydown", pressed);
  return () => document.removeEventListener("keydown", pressed);
}

/** Whether keys make text where the focus is. */
export function typing() {
  const element = focused();
  return element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement || element instanceof HTMLSelectElement;
}

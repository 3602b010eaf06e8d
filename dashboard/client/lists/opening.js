// One click or tap on a row opens what it is about; so does a double click, by habit.

const STILL = 5; // px that a pointer may move in a click; who moves it further marks text
const SECOND = 600; // ms in which the second press of a double click comes

/**
 * Let a click open something, but not one on a button or a link within, nor the end of marking text.
 * @param {HTMLElement} element
 * @param {() => void} open
 */
export function opens(element, open) {
  let from = { x: 0, y: 0 };
  element.addEventListener("pointerdown", ({ clientX: x, clientY: y }) => (from = { x, y }));
  element.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("button, a")) return;
    if (event.detail > 0 && Math.hypot(event.clientX - from.x, event.clientY - from.y) > STILL) return;
    once();
    open();
  });
}

/** The second press of a double click means the row, not what has come into its place. */
function once() {
  const pass = (/** @type {MouseEvent} */ event) => {
    if (event.detail < 2) return;
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener("click", pass, { capture: true });
  setTimeout(() => document.removeEventListener("click", pass, { capture: true }), SECOND);
}

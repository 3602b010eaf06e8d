// Keys that an input method takes (Japanese, Chinese, Korean …): the Enter that ends a composition is not the window's, nor
// is the Escape that gives one up. One rule for all boxes, those that come later too: such a key reaches none of them.

/**
 * Safari ends the composition before the key that ends it: there only the code 229 tells.
 * @param {{ isComposing: boolean, keyCode: number }} key
 */
export const isComposed = ({ isComposing, keyCode }) => isComposing || keyCode === 229;

/** @param {KeyboardEvent} event */
export function keep(event) {
  if (!isComposed(event)) return;
  event.stopImmediatePropagation();
  if (event.key === "Enter") event.preventDefault(); // no form is sent by it
}

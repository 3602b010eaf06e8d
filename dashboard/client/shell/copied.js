// Putting into the clipboard what is shown.

/**
 * Whether it is in the clipboard. A browser gives a page without TLS none, but copies what is selected.
 * @param {HTMLElement} shown
 */
export async function copied(shown) {
  try {
    await navigator.clipboard.writeText(shown.textContent ?? "");
    return true;
  } catch {
    getSelection()?.selectAllChildren(shown);
    return document.execCommand("copy");
  }
}

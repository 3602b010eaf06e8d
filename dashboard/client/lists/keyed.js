// The elements of a list, one for each id: made once, and put into an order without losing the focus.

import { arrange, focused } from "../look/dom.js";

export class Keyed {
  /**
   * @param {Element} list
   * @param {(id: string) => HTMLElement} make
   */
  constructor(list, make) {
    this.list = list;
    this.make = make;
    /** @type {Map<string, HTMLElement>} */
    this.elements = new Map();
  }

  /**
   * Show these and no others; those that were made anew.
   * @param {string[]} ids in their order
   * @returns {string[]}
   */
  show(ids) {
    const wanted = new Set(ids);
    for (const [id, element] of [...this.elements]) {
      if (wanted.has(id)) continue;
      element.remove(); // before the others are arranged: else all of them would move to stand before it
      this.elements.delete(id);
    }
    const made = ids.filter((id) => !this.elements.has(id));
    for (const id of made) this.elements.set(id, this.make(id));
    const held = focused();
    arrange(
      this.list,
      ids.map((id) => /** @type {HTMLElement} */ (this.elements.get(id))),
    );
    if (held instanceof HTMLElement && this.list.contains(held) && focused() !== held) held.focus({ preventScroll: true });
    return made;
  }
}

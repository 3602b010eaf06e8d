// The elements of a list, one for each id: made once, or again where they have changed, and put into an order without
// losing the focus.

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
    for (const id of made) this.add(id);
    const held = focused();
    arrange(
      this.list,
      ids.map((id) => /** @type {HTMLElement} */ (this.elements.get(id))),
    );
    if (held instanceof HTMLElement && this.list.contains(held) && focused() !== held) held.focus({ preventScroll: true });
    return made;
  }

  /** Show one more, for now after all others. @param {string} id */
  add(id) {
    const element = this.make(id);
    this.elements.set(id, element);
    this.list.append(element);
  }

  /** Make an element anew, where there is one; the focus stays at what it was at. @param {string} id */
  renew(id) {
    const old = this.elements.get(id);
    if (!old) return;
    const fresh = this.make(id);
    const held = focused();
    const name = old.contains(held) ? [".more", ".row-body", "button"].find((one) => held?.matches(one)) : undefined;
    old.replaceWith(fresh);
    this.elements.set(id, fresh);
    if (name) /** @type {HTMLElement | null} */ (fresh.querySelector(name))?.focus();
  }
}

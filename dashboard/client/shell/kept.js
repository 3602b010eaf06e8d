// What a reload must not lose, kept in this tab's sessionStorage, apart for each operator.

/** @typedef {Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">} Shelf */

export class Kept {
  /**
   * @param {() => Shelf} shelf where it lies; a browser may refuse it
   * @param {string} owner whose it is
   */
  constructor(shelf, owner) {
    this.shelf = shelf;
    this.owner = owner;
    this.forgotten = false;
  }

  /** @param {string} name */
  key(name) {
    return `parlour.${this.owner}.${name}`;
  }

  /**
   * @template T
   * @param {string} name
   * @param {T} otherwise
   * @returns {T}
   */
  kept(name, otherwise) {
    try {
      const text = this.shelf().getItem(this.key(name));
      return text === null ? otherwise : JSON.parse(text);
    } catch (error) {
      console.warn("parlour: what was kept cannot be read", name, error);
      return otherwise;
    }
  }

  /** Forget all of it, and keep nothing more: who signs out leaves nothing in the tab. */
  forget() {
    this.forgotten = true;
    try {
      const shelf = this.shelf();
      const keys = Array.from({ length: shelf.length }, (_, n) => shelf.key(n) ?? "");
      for (const key of keys) if (key.startsWith(this.key(""))) shelf.removeItem(key);
    } catch (error) {
      console.warn("parlour: cannot be forgotten", error);
    }
  }

  /**
   * @param {string} name
   * @param {unknown} value null forgets it
   */
  keep(name, value) {
    if (this.forgotten) return;
    try {
      if (value === null) this.shelf().removeItem(this.key(name));
      else this.shelf().setItem(this.key(name), JSON.stringify(value));
    } catch (error) {
      console.warn("parlour: cannot be kept over a reload", name, error);
    }
  }
}

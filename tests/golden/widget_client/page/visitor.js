// The visitor's key in the site's own storage: kept only if that is allowed, and only if the browser lets us.
const NAME = "parlour.visitor";

export class Visitor {
  key = "";
  keeps = false;

  /** From now on the key may be kept; one kept before wins. */
  consent() {
    this.keeps = true;
    try {
      this.key = localStorage.getItem(NAME) || this.key;
    } catch {
      // Storage is blocked: the key lives as long as the page.
    }
    this.set(this.key);
  }

  /** @param {string} key */
  set(key) {
    this.key = key;
    if (!this.keeps || !key) return;
    try {
      localStorage.setItem(NAME, key);
    } catch {
      // As above.
    }
  }

  /** The next one at this browser is somebody else. */
  forget() {
    this.keeps = false;
    try {
      localStorage.removeItem(NAME);
    } catch {
      // As above.
    }
  }
}

// The visitor's key on the site: in a cookie of the widest domain that the browser lets the page set, so that all origins
// of one site know one visitor; where it lets none, in the origin's own storage. Kept only if that is allowed.
const BEFORE = "parlour.visitor"; // where each origin once had a key of its own
const AGE = 34_560_000; // s, 400 days: no browser keeps a cookie longer

export class Visitor {
  key = "";
  keeps = false;
  /** @type {string | undefined} another key, which this origin had by itself */
  also;
  #kept = false;

  /** @param {string} site on one domain each site of ours has a visitor of its own */
  constructor(site) {
    this.name = `${BEFORE}.${encodeURIComponent(site)}`;
  }

  /** From now on the key may be kept; one kept before wins. */
  consent() {
    this.keeps = true;
    this.look();
    if (!this.also) this.set(this.key); // else the server says first which of them goes on
  }

  /** The key as it is kept by now: another page may have changed it, or taken it away. */
  look() {
    /** @type {(string | undefined)[]} */
    let found = [];
    try {
      if (this.keeps) found = [document.cookie.split(`${this.name}=`)[1]?.split(/[;~]/)[0], localStorage[this.name], localStorage[BEFORE]];
    } catch {
      // Storage is blocked: the key lives as long as the page.
    }
    if (!this.#kept) found.push(this.key);
    [this.key = "", this.also] = /** @type {string[]} */ (found.filter(Boolean));
    return this.key;
  }

  /** @param {string} key */
  set(key) {
    this.key = key;
    if (!this.keeps || !key) return;
    try {
      if (this.share(AGE)) delete localStorage[this.name];
      else localStorage[this.name] = key;
      delete localStorage[BEFORE];
      this.#kept = true;
    } catch {
      // As above.
    }
  }

  /** Set the cookie, from the widest domain down until one takes it; an address has none. @param {number} age in s */
  share(age) {
    const { hostname, protocol } = location;
    const value = `${this.name}=${this.key}~${Date.now() + age}`; // never the same twice: found again, it was taken
    let domain = "";
    return (
      /\D$/.test(hostname) &&
      hostname
        .split(".")
        .reverse()
        .some((label, wide) => {
          domain = `.${label}${domain}`;
          // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store is not in every browser
          if (wide) document.cookie = `${value};domain=${domain};path=/;max-age=${age};samesite=lax${protocol === "https:" ? ";secure" : ""}`;
          return document.cookie.includes(value);
        })
    );
  }
}

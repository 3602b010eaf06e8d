// `parlour.chat`: the chat's secret, what is unsent, the draft. A record for each visitor of each site, since a browser may
// give all sites the same storage: nobody reads or ends another's. Nothing is written before the visitor consents.

/** @typedef {{ secret?: string, box?: import("./outbox.js").Box, draft?: string, first?: import("../wire/frames.js").Entry,
 *   known?: import("./conversation.js").Known, read?: Upto, told?: Upto, whose?: string, pages?: string[] }} Kept `first`: the conversation's first entry; with
 * its token the server shows a conversation that is over, too. `known`: what the last welcome said; `read`: up to where the visitor has seen it, `told`: up to
 * where the page was told of it; `whose`: the visitor's key; `pages`: origins whose pages came with it
 * @typedef {{ conversation: string, number: number }} Upto
 * @typedef {Record<string, Kept>} People by their keys
 * @typedef {Kept & { people?: People }} OfSite what stands beside `people` is of before an update, and somebody's whom `whose` names */

export class Store {
  /** @type {Kept} */
  #held = {};
  #written = false;
  /** @type {Kept | undefined} somebody else whom this browser knew before an update */
  also;

  /**
   * @param {string} site @param {boolean} keep @param {import("./shelf.js").Shelf} shelf
   * @param {string} key of the visitor, "" while nobody knows who it is @param {string} page its origin
   */
  constructor(site, keep, shelf, key = "", page = "") {
    this.site = site;
    this.keep = keep;
    this.shelf = shelf;
    this.key = key;
    this.page = page;
    if (keep) this.#begin();
  }

  /** @returns {Readonly<Kept>} */
  get held() {
    return this.#held;
  }

  #begin() {
    const people = this.#people();
    this.also = Object.values(people).find(({ whose = "", pages }) => !pages && whose !== this.key);
    this.#let(Object.keys(people).filter((one) => one !== this.key && people[one]?.pages?.includes(this.page)));
    this.#held = people[this.key] ?? {};
    this.put(this.#mine());
  }

  /** These go: a page that came with them comes with somebody else now. @param {string[]} gone */
  #let(gone) {
    const people = Object.entries(this.#people());
    const stay = people.filter(([one]) => !gone.includes(one));
    if (stay.length < people.length) this.#write(Object.fromEntries(stay));
  }

  /** Another tab may have written meanwhile: only what changes is changed. @param {Kept} changes */
  put(changes) {
    const people = this.keep ? this.#people() : {};
    if (this.#written && !people[this.key]) this.keep = false; // taken away in another tab
    this.#held = { ...this.#held, ...people[this.key], ...changes };
    if (!this.keep || !this.key) return;
    this.#written = true;
    const { draft: _, ...most } = this.#held;
    const { box: __, ...least } = most;
    this.#write(...[this.#held, most, least].map((held) => ({ ...people, [this.key]: held })), { [this.key]: least });
  }

  /** Take what another tab has kept meanwhile. */
  reread() {
    if (this.keep) this.#held = { ...this.#held, ...this.#people()[this.key] };
  }

  /** The server says who it is: with what was kept of theirs, or else with what is held here. @param {string} key */
  become(key) {
    const change = key !== this.key;
    const gone = [this.key, this.also?.whose ?? ""].filter((one) => one !== key);
    if (this.keep) this.#let(gone);
    this.also = undefined;
    this.key = key;
    if (!change) return;
    this.#written = false;
    this.#held = (this.keep && this.#people()[this.key]) || this.#held;
    this.put(this.#mine());
  }

  /** The visitor consents: what was only held is kept. */
  consent() {
    this.keep = true;
    this.put({ ...this.#held, ...this.#mine() });
  }

  #mine() {
    return { whose: this.key, pages: [...new Set([...(this.#held.pages ?? []), this.page])] };
  }

  get wasOpen() {
    return !this.shelf.tab.closed;
  }

  set wasOpen(open) {
    if (this.keep) this.shelf.tab.closed = !open;
  }

  /** Those whom this site has here. @returns {People} */
  #people() {
    const { people = {}, ...before } = /** @type {OfSite} */ (this.#all()[this.site] ?? {});
    return before.whose ? { [before.whose]: before, ...people } : people;
  }

  /** The same in full, and cut down. @param {People[]} people */
  #write(...people) {
    const all = this.#all();
    this.shelf.write(...people.map((some) => JSON.stringify({ ...all, [this.site]: { people: some } })));
  }

  /** What all sites have here; nothing if somebody else wrote it. @returns {Record<string, OfSite>} */
  #all() {
    try {
      return JSON.parse(this.shelf.read() ?? "{}");
    } catch {
      return {};
    }
  }
}

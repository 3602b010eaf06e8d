// `parlour.chat`: the chat's secret, what is unsent, the draft. One record for each site, since a browser may give all
// sites the same storage. Nothing is written before the visitor consents, where the site asks for that.

/** @typedef {{ secret?: string, box?: import("./outbox.js").Box, draft?: string, first?: import("../wire/frames.js").Entry,
 *   known?: import("./conversation.js").Known, read?: Upto, told?: Upto, whose?: string }} Kept `first`: the conversation's first entry; with its token the
 * server shows a conversation that is over, too. `known`: what the last welcome said; `read`: up to where the visitor has seen it, `told`: up to where the page
 * was told of it; `whose`: the visitor's key, since the next one at this browser is somebody else
 * @typedef {{ conversation: string, number: number }} Upto */

export class Store {
  /** @type {Kept} */
  #held = {};

  /** @param {string} site @param {boolean} keep @param {import("./shelf.js").Shelf} shelf */
  constructor(site, keep, shelf) {
    this.site = site;
    this.keep = keep;
    this.shelf = shelf;
    if (keep) this.#held = this.#all()[site] ?? {};
  }

  /** @returns {Readonly<Kept>} */
  get held() {
    return this.#held;
  }

  /** Another tab may have written meanwhile: only what changes is changed. @param {Kept} changes */
  put(changes) {
    const all = this.keep ? this.#all() : {};
    this.#held = { ...this.#held, ...all[this.site], ...changes };
    if (!this.keep) return;
    const { draft: _, ...most } = this.#held;
    const { box: __, ...least } = most;
    this.shelf.write(...[this.#held, most, least].map((held) => JSON.stringify({ ...all, [this.site]: held })));
  }

  /** Take what another tab has kept meanwhile. */
  reread() {
    if (this.keep) this.#held = { ...this.#held, ...this.#all()[this.site] };
  }

  /** Whose it is from now on; of somebody else nothing stays. @param {string} whose */
  belongs(whose) {
    const { whose: before } = this.#held;
    if (before && whose && whose !== before) {
      this.#held = {};
      if (this.keep) this.shelf.write(JSON.stringify({ ...this.#all(), [this.site]: {} }));
    }
    if (whose) this.put({ whose });
  }

  /** The visitor consents: what was only held is kept. */
  consent() {
    this.keep = true;
    this.put(this.#held);
  }

  get wasOpen() {
    return !this.shelf.tab.closed;
  }

  set wasOpen(open) {
    if (this.keep) this.shelf.tab.closed = !open;
  }

  /** What all sites have here; nothing if somebody else wrote it. @returns {Record<string, Kept>} */
  #all() {
    try {
      return JSON.parse(this.shelf.read() ?? "{}");
    } catch {
      return {};
    }
  }
}

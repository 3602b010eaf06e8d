// `parlour.chat` in our own storage: the chat's secret, what is unsent, the draft. One record for each site, since a
// browser may give all sites the same storage. In the tab's storage under the same name: whether the window was open.
const NAME = "parlour.chat";

/** @typedef {{ secret?: string, box?: import("./outbox.js").Box, draft?: string, dismissed?: string,
 *   read?: { conversation: string, number: number } }} Kept */

export class Store {
  /** @type {Kept} */
  #held = {};

  /** @param {string} site @param {boolean} keep false: nothing is written before the visitor consents */
  constructor(site, keep) {
    this.site = site;
    this.keep = keep;
    if (keep) this.#held = this.#all()[site] ?? {};
  }

  /** @returns {Readonly<Kept>} */
  get held() {
    return this.#held;
  }

  /** @param {Kept} changes */
  put(changes) {
    this.#held = { ...this.#held, ...changes };
    if (this.keep) attempt(() => localStorage.setItem(NAME, JSON.stringify({ ...this.#all(), [this.site]: this.#held })));
  }

  /** The visitor consents: what was only held is kept. */
  consent() {
    this.keep = true;
    this.put({});
  }

  get wasOpen() {
    return attempt(() => sessionStorage.getItem(NAME)) !== "closed";
  }

  set wasOpen(open) {
    if (this.keep) attempt(() => sessionStorage.setItem(NAME, open ? "open" : "closed"));
  }

  /** @returns {Record<string, Kept>} */
  #all() {
    return attempt(() => JSON.parse(localStorage.getItem(NAME) ?? "{}")) ?? {};
  }
}

/** Storage may be blocked, full, or hold what somebody else wrote. @template T @param {() => T} run @returns {T | null} */
function attempt(run) {
  try {
    return run();
  } catch {
    return null;
  }
}

// An operator's messages on their way: kept in the tab until main has acked them, sent in order, the same client_id
// each time, so that main keeps each once however often it comes.

/** @import { Outcome, Refused } from "../wire.js" */
/** @typedef {{client_id: string, text: string, at: string, sent: boolean, refused?: string}} Item */

const AGAIN = 1000; // ms until the next try while main is away or busy
const PATIENCE = 20000; // ms without an answer until the same question is asked again
const TRANSIENT = new Set(["disconnected", "busy"]);

export class Outbox {
  /**
   * @param {string} conversation
   * @param {(item: Item) => Promise<Outcome>} send
   * @param {{changed: () => void, refused: (item: Item, outcome: Refused) => void}} hears
   * @param {Pick<import("../shell/kept.js").Kept, "kept" | "keep">} store
   */
  constructor(conversation, send, { changed, refused }, store) {
    this.name = `outbox.${conversation}`;
    this.send = send;
    this.store = store;
    this.changed = changed;
    this.refused = refused;
    /** @type {Item[]} */
    this.items = store.kept(this.name, []);
    this.busy = false;
    this.flush();
  }

  /** @param {string} text */
  add(text) {
    this.items.push({ client_id: crypto.randomUUID(), text, at: new Date().toISOString(), sent: false });
    this.save();
    this.flush();
  }

  /** The conversation shows this message now: it is on its way no more. @param {string} client_id */
  arrived(client_id) {
    const before = this.items.length;
    this.items = this.items.filter((item) => item.client_id !== client_id);
    if (this.items.length !== before) this.save();
  }

  /** @param {Item} item */
  drop(item) {
    this.arrived(item.client_id);
  }

  async flush() {
    if (this.busy) return;
    this.busy = true;
    for (let item = this.next(); item; item = this.next()) {
      const outcome = await Promise.race([this.send(item), later(PATIENCE)]);
      if (outcome === null) continue;
      if (outcome.outcome === "done") this.acked(item);
      else if (TRANSIENT.has(outcome.reason)) await later(AGAIN);
      else this.reject(item, outcome);
    }
    this.busy = false;
  }

  next() {
    return this.items.find((item) => !item.sent && !item.refused);
  }

  /** @param {Item} item */
  acked(item) {
    item.sent = true;
    this.save();
  }

  /**
   * @param {Item} item
   * @param {Refused} outcome
   */
  reject(item, outcome) {
    item.refused = outcome.reason;
    this.save();
    this.refused(item, outcome);
  }

  save() {
    this.store.keep(this.name, this.items.length ? this.items : null);
    this.changed();
  }
}

/** @param {number} ms @returns {Promise<null>} */
const later = (ms) => new Promise((resolve) => setTimeout(() => resolve(null), ms));

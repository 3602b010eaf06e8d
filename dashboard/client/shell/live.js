// The bridge between a component and its Python side.

import { styled } from "../look/sheet.js";

/**
 * @typedef {object} Model Panel's model, as a component gets it
 * @property {(name: string, callback: (data: any) => void) => void} on
 * @property {(message: object) => void} send_msg
 */
/** @typedef {{outcome: "done" | "refused", reason?: string, detail?: string, limit?: number, by?: string, number?: number}} Outcome */
/** @typedef {{model: Model, el: HTMLElement, view: any}} Parts what Panel gives to `render` */

/**
 * Wire a component: views by name, own messages by type; then ask for the whole state.
 * @param {Parts} parts
 * @param {{views?: Record<string, (body: any, message: any) => void>, on?: Record<string, (message: any) => void>, stop?: () => void}} wiring
 * @returns {(message: {t: string, [key: string]: unknown}) => Promise<Outcome>} asks for something and waits for its outcome
 */
export function attach({ model, el }, { views = {}, on = {}, stop }) {
  /** @type {Map<string, (outcome: Outcome) => void>} */
  const waiting = new Map();
  styled(el);
  model.on("msg:custom", (raw) => {
    const message = JSON.parse(raw);
    if (message.v) views[message.v]?.(message.body, message);
    else if (message.t === "outcome") {
      waiting.get(message.client_id)?.(message.body);
      waiting.delete(message.client_id);
    } else on[message.t]?.(message);
  });
  model.on("remove", () => stop?.());
  // A turn later: within this one Bokeh does not know the model yet and would send it back whole.
  setTimeout(() => model.send_msg({ t: "ready" }));
  return (message) =>
    new Promise((resolve) => {
      const client_id = /** @type {string} */ (message.client_id ?? crypto.randomUUID());
      waiting.set(client_id, resolve);
      model.send_msg({ ...message, client_id });
    });
}

/**
 * The rows of a view, kept up to date.
 * @template {{id: string}} R
 */
export class Rows {
  constructor() {
    /** @type {Map<string, R>} */
    this.byId = new Map();
    this.known = false;
  }

  /** @param {{all?: R[], set?: R[], gone?: string[]}} body */
  apply(body) {
    if (body.all) this.byId = new Map();
    for (const row of [...(body.all ?? []), ...(body.set ?? [])]) this.byId.set(row.id, row);
    for (const id of body.gone ?? []) this.byId.delete(id);
    this.known = true;
  }

  /**
   * In the order of a time, oldest first; unknown times last.
   * @param {(row: R) => string | null} time
   */
  by(time) {
    const key = (/** @type {R} */ row) => time(row) ?? "~";
    return [...this.byId.values()].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.id < b.id ? -1 : 1));
  }
}

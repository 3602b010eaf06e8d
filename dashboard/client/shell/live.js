// The bridge between a component and its Python side.

import { styled } from "../look/sheet.js";

/** @import { Awaited } from "./awaited.js" */
/** @import { Act, FromBrowser, Outcome, TableOf, ToBrowser, Views, ViewStep } from "../wire.js" */

/**
 * @typedef {object} Model Panel's model, as a component gets it
 * @property {(name: string, callback: (data: string) => void) => void} on
 * @property {(message: FromBrowser) => void} send_msg
 */
/** @typedef {{model: {document: {on_event: (name: string, run: () => void) => void}}}} View Panel's view, as far as we need it */
/** @typedef {{model: Model, el: HTMLElement, view: View}} Parts what Panel gives to `render` */
/** @typedef {{[V in keyof Views]?: (body: Views[V], step: ViewStep<V>) => void}} Viewers what is done with each view */
/** @typedef {{[T in ToBrowser["t"]]?: (message: Extract<ToBrowser, {t: T}>) => void}} Listeners and with each message */
/** @template A @typedef {A extends {client_id: string} ? Omit<A, "client_id"> & {client_id?: string} : never} Unnamed */
/** @typedef {Unnamed<Act>} Deed what is asked for, with an id of its own or without */
/** @typedef {(deed: Deed) => Promise<Outcome>} Asking */
/** @typedef {(body: Views[keyof Views], step: ViewStep<keyof Views>) => void} Viewer of whichever view */
/** @typedef {(message: ToBrowser) => void} Listener */
/** @typedef {Partial<Record<keyof Views | ToBrowser["t"], Awaited[]>>} Awaits what waits for each view and message */

/**
 * Wire a component: views by name, own messages by type; then ask for the whole state. What `awaits` one of them has its
 * data once it came, and says so where a view cannot be watched.
 * @param {Parts} parts
 * @param {{views?: Viewers, on?: Listeners, awaits?: Awaits, stop?: () => void}} wiring
 * @returns {Asking} asks for something and waits for its outcome
 */
export function attach({ model, el }, { views = {}, on = {}, awaits = {}, stop }) {
  /** @type {Map<string, (outcome: Outcome) => void>} */
  const waiting = new Map();
  styled(el);
  model.on("msg:custom", (raw) => {
    /** @type {ToBrowser | ViewStep<keyof Views>} */
    const message = JSON.parse(raw);
    if ("v" in message) {
      const view = /** @type {Viewer | undefined} */ (views[message.v]);
      view?.(message.body, message);
      for (const one of awaits[message.v] ?? []) one.come();
    } else if (message.t === "outcome") {
      waiting.get(message.client_id)?.(message.body);
      waiting.delete(message.client_id);
    } else {
      const listen = /** @type {Listener | undefined} */ (on[message.t]);
      listen?.(message);
      for (const one of awaits[message.t] ?? []) one.come();
      if (message.t === "lost") for (const one of awaits[/** @type {keyof Views} */ (message.view)] ?? []) one.fail(message.reason);
    }
  });
  model.on("remove", () => stop?.());
  // A turn later: within this one Bokeh does not know the model yet and would send it back whole.
  setTimeout(() => model.send_msg({ t: "ready" }));
  return (deed) =>
    new Promise((resolve) => {
      const client_id = deed.client_id ?? crypto.randomUUID();
      waiting.set(client_id, resolve);
      model.send_msg({ ...deed, client_id });
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

  /** @param {TableOf<R>} body */
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

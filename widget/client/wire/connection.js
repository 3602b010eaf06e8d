// A websocket that comes back by itself. Knows no frame; its owner says hello, and calls `settle` when welcomed.

const PATIENCE = 10_000; // ms from opening to being welcomed

/**
 * @typedef {{ open(): void, frame(frame: any): void, lost?(code: number): void }} Owner
 * @typedef {{ open(url: string): WebSocket, after(ms: number, run: () => void): number, cancel(id: number): void,
 *   random(): number }} World
 */

/** @type {World} */
const browser = {
  open: (url) => new WebSocket(url),
  after: (ms, run) => window.setTimeout(run, ms),
  cancel: (id) => clearTimeout(id),
  random: Math.random,
};

/**
 * How long to wait before the next try, in ms: exponential with full jitter. `attempt` counts 0, 1, 2 …
 * @param {number} attempt @param {number} cap @param {() => number} random
 */
export const backoff = (attempt, cap, random) => random() * Math.min(cap, 400 * 2 ** attempt);

export class Connection {
  #attempt = 0;
  #timer = 0;
  /** @type {WebSocket | null} */
  #socket = null;

  /** @param {string} url @param {Owner} owner @param {number} cap longest wait in ms @param {World} world */
  constructor(url, owner, cap = 20_000, world = browser) {
    this.url = url;
    this.owner = owner;
    this.cap = cap;
    this.world = world;
  }

  /** Connect, unless there is a connection or one is under way. */
  start() {
    if (this.#socket) return;
    this.#wait(PATIENCE, () => this.restart());
    const socket = (this.#socket = this.world.open(this.url));
    const mine = () => socket === this.#socket;
    socket.onopen = () => mine() && this.owner.open();
    socket.onmessage = (event) => mine() && this.owner.frame(JSON.parse(event.data));
    socket.onclose = (event) => mine() && this.restart(event.code);
  }

  /** Welcomed: the next loss begins with quick tries again. */
  settle() {
    this.#attempt = 0;
    this.world.cancel(this.#timer);
  }

  /** Give this connection up and try again after the back-off. */
  restart(code = 0) {
    this.stop();
    this.#wait(backoff(this.#attempt++, this.cap, this.world.random), () => this.start());
    this.owner.lost?.(code);
  }

  stop() {
    this.world.cancel(this.#timer);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  /** @param {object} frame @returns {boolean} whether it went out */
  send(frame) {
    if (this.#socket?.readyState !== 1) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  /** Let the browser's own signs hurry it: online again, visible again, left and come back. */
  heed() {
    addEventListener("online", () => this.start());
    addEventListener("offline", () => this.restart());
    addEventListener("pagehide", () => this.stop());
    addEventListener("pageshow", (event) => event.persisted && this.start());
    document.addEventListener("visibilitychange", () => document.hidden || this.start());
  }

  /** @param {number} ms @param {() => void} run */
  #wait(ms, run) {
    this.world.cancel(this.#timer);
    this.#timer = this.world.after(ms, run);
  }
}

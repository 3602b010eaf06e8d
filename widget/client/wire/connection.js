// A websocket that comes back by itself. Knows no frame; its owner says hello, and calls `settle` when welcomed.

const PATIENCE = 10_000; // ms from opening to being welcomed

/** @typedef {import("./world.js").World} World @type {World} */
const browser = {
  open: (url) => new WebSocket(url),
  after: (ms, run) => window.setTimeout(run, ms),
  cancel: (id) => clearTimeout(id),
  random: Math.random,
};

/** Wait before a try, in ms: exponential, full jitter. @param {number} attempt @param {number} cap @param {() => number} random */
export const backoff = (attempt, cap, random) => random() * Math.min(cap, 400 * 2 ** attempt);

/** @template {{ t: string }} Out what may be sent @template In what comes */
export class Connection {
  #attempt = 0;
  #timer = 0;
  #retired = false;
  /** @type {WebSocket | null} */
  #socket = null;

  /** @param {string} url @param {import("./world.js").Owner<In>} owner @param {number} cap longest wait in ms @param {World} world */
  constructor(url, owner, cap = 20_000, world = browser) {
    this.url = url;
    this.owner = owner;
    this.cap = cap;
    this.world = world;
  }

  start() {
    if (this.#socket || this.#retired) return;
    this.#wait(PATIENCE, () => this.restart());
    const socket = (this.#socket = this.world.open(this.url));
    const mine = () => socket === this.#socket;
    socket.onopen = () => mine() && this.owner.open();
    socket.onmessage = (event) => mine() && this.owner.frame(JSON.parse(event.data));
    socket.onclose = (event) => mine() && this.restart(event.code);
  }

  /** Welcomed: the next tries are quick again, or begin as if so many had failed. */
  settle(attempt = 0) {
    this.#attempt = attempt;
    this.world.cancel(this.#timer);
  }

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

  /** Stop for good. */
  retire() {
    this.#retired = true;
    this.stop();
  }

  /** Whether it went out. @param {Out} frame */
  send(frame) {
    if (this.#socket?.readyState !== 1) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  /** Let the browser's own signs hurry it. */
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

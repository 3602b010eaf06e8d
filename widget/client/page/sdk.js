// What a site's script may ask for, loaded at its first call. The types that sites see are in parlour.d.ts.
export { look } from "./trouble.js"; // as rare: one file for all
export { without } from "./without.js";
import { idle, wrong } from "./wrong_calls.js";

const PATIENCE = 5_000; // ms until a window that does not answer is given up

/**
 * @typedef {import("../wire/frames.js").FromPage} FromPage
 * @typedef {import("../wire/connection.js").Connection<FromPage, import("../wire/frames.js").ToPage>} Connection
 * @typedef {{ launcher: import("./launcher.js").Launcher, connection: Connection,
 *   visitor: import("./visitor.js").Visitor, need(): Promise<import("./frame.js").Frame>, events: EventTarget, tell(): void }} Page
 */

/** Take the calls that wait, and each one from now on as it comes. @param {import("./start.js").Calls} calls @param {Page} page */
export function serve(calls, page) {
  const does = sdk(page, calls);
  let busy = false;
  calls.heed = () => {
    if (busy) return; // what a listener calls comes after what was called before it
    busy = true;
    for (let call; (call = calls.waiting.shift()); ) heed(does, ...call);
    busy = false;
  };
  page.launcher.dress("button[hidden],iframe[hidden]{display:none}");
  calls.heed();
}

/** One call: a wrong one is said, and harms none of the others. @param {object} does @param {unknown} name @param {unknown[]} values */
function heed(does, name, ...values) {
  const say = (/** @type {unknown[]} */ ...what) => console.warn("Parlour:", ...what);
  try {
    const why = wrong(does, name, values);
    if (why) return say(why);
    const over = idle(name, values);
    if (over) say(over);
    const done = /** @type {Record<string, Function>} */ (does)[String(name)]?.(...values);
    Promise.resolve(done).catch((error) => say(`${name}() did not work:`, error));
  } catch (error) {
    say(`${String(name)}() was called with what cannot be taken:`, error);
  }
}

/** @param {Page} page @param {import("./start.js").Calls} calls */
function sdk({ launcher, connection, visitor, need, events, tell }, calls) {
  /** @type {import("../wire/frames.js").Identify | null} */
  let identity = null;
  /** @type {import("../wire/frames.js").Track[]} what waits for a connection */
  let actions = [];
  /** @type {[string, Function, (event: Event) => void][]} */
  let listeners = [];

  /** Nothing is told of somebody who has not consented yet. @param {FromPage} frame */
  const send = (frame) => visitor.keeps && connection.send(frame);

  events.addEventListener("welcome", (event) => {
    if (/** @type {CustomEvent} */ (event).detail?.taken) identity = null; // another page of this browser says who is there
    if (identity) send(identity);
    actions = actions.filter((action) => !send(action));
  });

  /** @param {boolean} hidden */
  const hide = (hidden) => (launcher.button.hidden = hidden);

  return {
    open: () => need().then((window) => window.set(true)),
    close: () => need().then((window) => window.set(false)),
    show: () => hide(false),
    hide: () => hide(true),

    /** @param {{ user?: unknown, name?: unknown, email?: unknown, signature?: unknown }} who */
    identify(who = {}) {
      const [user, name, email, signature] = [who.user, who.name, who.email, who.signature].map((value) => String(value ?? ""));
      send((identity = { t: "identify", user, name, email, signature }));
    },

    /** @param {{ right?: number, bottom?: number }} options */
    update({ right, bottom } = {}) {
      const { style } = /** @type {HTMLElement} */ (launcher.root.host);
      if (right !== undefined) style.setProperty("--parlour-right", `${Number(right)}px`);
      if (bottom !== undefined) style.setProperty("--parlour-bottom", `${Number(bottom)}px`);
      if (right === undefined && bottom === undefined) tell();
    },

    /** @param {string} name @param {Record<string, unknown>} parameters */
    track(name, parameters = {}) {
      const given = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null);
      /** @type {import("../wire/frames.js").Track} */
      const action = { t: "track", name: String(name), parameters: Object.fromEntries(given.map(([key, value]) => [key, plain(value)])) };
      if (actions.length || !send(action)) actions.push(action); // none overtakes those that wait
    },

    /** @param {string} name @param {Function} run */
    on(name, run) {
      const listener = (/** @type {Event} */ event) => {
        try {
          run(/** @type {CustomEvent} */ (event).detail ?? undefined);
        } catch (error) {
          setTimeout(() => {
            throw error; // the site's own, said as such
          });
        }
      };
      listeners.push([name, run, listener]);
      events.addEventListener(name, listener);
      if (name === "ready" && launcher.root.host.isConnected) listener(new CustomEvent(name));
    },

    /** @param {string} name @param {Function} run */
    off(name, run) {
      for (const [its, , listener] of listeners.filter(([its, one]) => its === name && one === run)) events.removeEventListener(its, listener);
      listeners = listeners.filter(([its, one]) => its !== name || one !== run);
    },

    shutdown() {
      const stub = waiting(Object.keys(this));
      Object.assign(window, { Parlour: stub });
      for (const call of calls.waiting.splice(0)) stub(...call); // they are the next one's
      connection.send({ t: "bye" });
      connection.retire();
      forget(visitor);
      launcher.root.replaceChildren();
      wipe(launcher, need());
    },
  };
}

/** What takes the place of the calls after a shutdown: they wait for a tag that is added again. @param {string[]} names */
function waiting(names) {
  /** @type {unknown[][]} */
  const q = [];
  const stub = Object.assign((/** @type {unknown[]} */ ...call) => void (call[0] === "shutdown" || q.push(call)), { q });
  return Object.assign(stub, Object.fromEntries(names.map((name) => [name, (/** @type {unknown[]} */ ...values) => stub(name, ...values)])));
}

/**
 * Have our origin forget as well, by a window of nothing but that; then nothing is left on the page.
 * @param {import("./launcher.js").Launcher} launcher @param {Promise<{ address: URL }>} around
 */
function wipe(launcher, around) {
  const frame = document.createElement("iframe");
  const over = () => {
    launcher.leave?.();
    launcher.root.host.remove(); // which a launcher of before its update leaves to us
  };
  frame.hidden = true;
  addEventListener("message", ({ source, data }) => source === frame.contentWindow && data?.t === "ready" && over());
  setTimeout(over, PATIENCE);
  around.then(({ address }) => {
    frame.onload = () => frame.contentWindow?.postMessage({ parlour: 1, t: "forget" }, address.origin);
    frame.src = address.href;
    launcher.root.append(frame);
  });
}

/** The next one at this browser is somebody else. @param {import("./visitor.js").Visitor} visitor */
export function forget(visitor) {
  visitor.keeps = false;
  try {
    visitor.share?.(0); // a page of before an update knows no cookie
    for (const name of [visitor.name, "parlour.visitor"]) localStorage.removeItem(name);
  } catch {
    // Storage is blocked: there is nothing.
  }
}

/** @param {unknown} value */
const plain = (value) => (typeof value === "number" || typeof value === "boolean" ? value : String(value));

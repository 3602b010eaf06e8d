// The page's part: one websocket that says who is where, the button, and the window behind it.
import { Connection } from "../wire/connection.js";
import { textsOf } from "../wire/texts.js";
import { Launcher } from "./launcher.js";
import { sleep } from "./sleep.js";
import { steps } from "./steps.js";
import { Visitor } from "./visitor.js";

const PATIENCE = 10_000; // ms until the button offers what needs no live connection
const LATE = 6; // failed tries; once known, a page comes back any time within the longest wait: open chats come first

/** @typedef {{ waiting: [string, ...unknown[]][], heed(): unknown }} Calls what the site's script asked for and nobody has heard yet */

/** @typedef {import("./frame.js").Frame} Frame */
/** @typedef {(address: string) => string} Clean what an address is where it is told */

/**
 * @param {{ origin: string, site: string, lang: string, waits: boolean, asked: Promise<void>, calls: Calls, routes: boolean,
 *   without?: string }} options `routes`: a fragment is a page of its own; `without`: parameters that no address may have
 */
export async function start({ origin, site, lang, waits, asked, calls, routes, without }) {
  /** @type {Clean} */
  const clean = without ? (await sdk(origin)).without(without) : String;
  const here = () => clean(routes ? location.href : location.href.replace(/#.*/, ""));
  // Nobody may ever look: not at a page that is made beforehand, nor at a tab behind.
  while (document.hidden) await new Promise((seen) => document.addEventListener("visibilitychange", seen, { once: true }));
  const visitor = new Visitor(site);
  if (!waits) visitor.consent();
  const texts = await textsOf(origin, lang, "launcher");
  const events = new EventTarget();
  let told = false; // the server was told of this page
  let welcomed = false;
  let service = ""; // what the button offers, "" while that is not known
  let shown = ""; // whose key the page had from the server last
  /** @type {Promise<Frame> | undefined} */
  let frame;
  /** @type {Frame | undefined} once it is there: until then clicks are one wish */
  let there;

  /** @type {Launcher} */
  const launcher = new Launcher(() => (there ? there.toggle() : need().then((it) => it.set(true, true))), need);
  const rest = sleep(() => connection.send({ t: rest.asleep ? "sleep" : "wake" }));
  /** @type {Connection<import("../wire/frames.js").FromPage, import("../wire/frames.js").ToPage>} */
  const connection = new Connection(`${origin.replace(/^http/, "ws")}/ws/page`, {
    open() {
      const untold = !told && visitor.keeps && !document.hidden;
      connection.send({
        t: "hello",
        site,
        visitor: visitor.look(), // it may be another by now
        also: visitor.also,
        page: untold ? page() : undefined,
        asleep: rest.asleep,
        automated: navigator.webdriver,
      });
      told ||= untold;
    },
    frame: receive,
    lost: () => welcomed || look(),
  });

  /** What stands around the window is loaded and made when somebody shows an interest in it. */
  function need() {
    const address = new URL(`/chat?${new URLSearchParams({ site, lang })}`, origin);
    const owner = { hello, service: () => service, visitor: become, act: rest.act, emit, stuck: () => look(true) };
    const away = () => launcher.say(texts["launcher.unreached"] ?? "");
    return (frame ??= around(origin, away).then(({ Frame }) => (there = new Frame(launcher, address, texts, owner))));
  }

  /** Something is amiss: it is looked into, if the server is there. @param {boolean} [clicked] somebody wants the window */
  async function look(clicked = false) {
    const few = await sdk(origin).catch(() => null);
    if (await few?.look({ origin, site, lang, launcher }, clicked)) end();
  }

  /** A page of nobody's site has no button. */
  function end() {
    clearTimeout(late);
    connection.retire();
  }

  const load = () => need().then((it) => it.load());
  const hello = () => ({ visitor: visitor.key, keep: visitor.keeps, live: welcomed });
  const emit = (/** @type {string} */ name, /** @type {unknown} */ detail) => events.dispatchEvent(new CustomEvent(name, { detail }));

  /** @param {string} service */
  function offer(service) {
    if (launcher.show(texts[`launcher.${service}`] ?? "")) emit("ready", undefined);
  }

  /** @param {import("../wire/frames.js").ToPage} it */
  function receive(it) {
    if (it.t === "error") return refused(it);
    if (it.t === "invited") return load();
    offer((service = it.service));
    if (it.t === "service") return;
    connection.settle(LATE);
    visitor.set(it.visitor);
    const before = shown;
    is(it.visitor); // first: what is loaded now is of nobody else
    if (it.chat && before !== it.visitor) load();
    else if (!before || before === it.visitor) frame?.then((it) => it.revive());
    welcomed = true;
    rest.after = it.sleep_s * 1000;
    rest.look();
    if (it.tell_page) tell();
    emit("welcome", it);
  }

  /** @param {{ reason: string, detail?: string | null }} error */
  function refused({ reason, detail }) {
    console.warn("Parlour:", reason, detail ?? "");
    told &&= welcomed; // a hello that was refused told of nothing
    if (reason !== "unknown-site") return;
    end();
    look();
  }

  /**
   * Before the visitor consents there is nobody to tell of; what nobody looks at is told when somebody does.
   * @param {boolean} again it is no other view: it was told, and is looked at again, or has got its title
   */
  function tell(again = false, address = here()) {
    if (visitor.keeps && (told || !again)) told = (!document.hidden && connection.send(page(again, address))) || again;
  }

  /** The one of several tabs that was turned to last is the one that is looked at. */
  const turned = () =>
    setTimeout(() => {
      const first = !told;
      tell(told); // the title is the page's own again
      if (first && told) emit("welcome", undefined); // what is said of who looks at it had nobody it could be said of
    });

  /** @returns {import("../wire/frames.js").Page} */
  function page(again = false, address = here()) {
    return {
      t: "page",
      address: cut(address, 4096),
      title: cut(document.title, 300),
      referrer: cut(clean(document.referrer), 2048),
      again: again || undefined,
      hash_routes: routes || undefined,
    };
  }

  /** Who is there now: what the window shows of somebody else is taken away. @param {string} key */
  function is(key) {
    if (shown && shown !== key) need().then((it) => it.anew());
    shown = key;
  }

  /** The chat knows this browser as somebody else: so does the page from now on. @param {string} key */
  function become(key) {
    if (key === visitor.key) return;
    if (shown && shown !== visitor.look()) return is(visitor.key); // another page knows better
    visitor.set((shown = key));
    move();
  }

  function move() {
    told = false;
    connection.stop();
    connection.start();
  }

  const late = setTimeout(() => welcomed || offer("message"), PATIENCE);
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    told = false;
    is(visitor.look());
  });
  document.addEventListener("visibilitychange", turned);
  addEventListener("focus", turned);
  steps(tell, here);
  connection.heed();
  calls.heed = () =>
    sdk(origin).then(
      ({ serve }) => serve(calls, { launcher, connection, visitor, need, events, tell }),
      () => {}, // it did not come: the calls wait for the next one, and the page goes on
    );
  if (calls.waiting.length) await calls.heed();
  connection.start();
  if (waits) {
    await asked;
    visitor.consent();
    frame?.then((it) => it.tell({ t: "keep" }));
    move();
  }
}

/** As much of a text as will do, in whole characters. @param {string} text @param {number} most */
const cut = (text, most) => [...text].slice(0, most).join("");

/**
 * Most visitors never ask: it is not in the bundle. Without a connection it is tried again, later each time, by another
 * address: a browser may remember that there is nothing.
 * @param {string} origin @param {() => void} away says so @returns {Promise<typeof import("./frame.js")>}
 */
const around = (origin, away, tries = 0) =>
  import(`${origin}/widget/${typeof FRAME === "undefined" ? "page/frame.js" : FRAME}?${tries}`).catch(async () => {
    away();
    await new Promise((over) => setTimeout(over, 1000 * 2 ** tries));
    return around(origin, away, tries + 1);
  });

/** Few sites call: it is not in the bundle, which knows its file. @param {string} origin @returns {Promise<typeof import("./sdk.js")>} */
const sdk = (origin) => import(`${origin}/widget/${typeof SDK === "undefined" ? "page/sdk.js" : SDK}`);

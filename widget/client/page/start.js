// The page's part: one websocket that says who is where, the button, and the window behind it.
import { Connection } from "../wire/connection.js";
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
  const clean = without ? (await later(origin)).without(without) : String;
  const here = () => clean(routes ? location.href : location.href.replace(/#.*/, ""));
  const visitor = new Visitor(site);
  if (!waits) visitor.consent();
  const texts = await catalogue(origin, lang);
  const events = new EventTarget();
  let told = false; // the server knows of this page
  let welcomed = false;
  let service = ""; // what the button offers, "" while that is not known
  let shown = ""; // whose key the page had from the server last
  /** @type {Frame | undefined} */
  let frame;
  /** @type {Promise<Frame> | undefined} */
  let coming;

  /** @type {Launcher} */
  const launcher = new Launcher(
    () => need((window) => window.toggle()),
    () => need(),
  );
  const rest = sleep(() => connection.send({ t: rest.asleep ? "sleep" : "wake" }));
  /** @type {Connection<import("../wire/frames.js").FromPage, import("../wire/frames.js").ToPage>} */
  const connection = new Connection(`${origin.replace(/^http/, "ws")}/ws/page`, {
    open: () =>
      connection.send({
        t: "hello",
        site,
        visitor: visitor.look(), // it may be another by now
        also: visitor.also,
        page: told || !visitor.keeps ? undefined : page(),
        asleep: rest.asleep,
        automated: navigator.webdriver,
      }),
    frame: receive,
    lost: () => welcomed || look(),
  });

  /** What stands around the window comes when somebody shows an interest in it. @param {(window: Frame) => unknown} [then] */
  async function need(then) {
    try {
      coming ??= later(origin).then(framed);
      await coming;
    } catch {
      coming = undefined;
      if (then) launcher.say(texts["launcher.unreached"] ?? "");
      events.addEventListener("welcome", () => need(then), { once: true }); // the server is away: once it is there again
      return;
    }
    then?.(await coming);
  }

  /** Something is amiss: it is looked into, if the server is there. @param {boolean} [clicked] somebody wants the window */
  async function look(clicked = false) {
    const refused = await later(origin).then(
      (it) => it.look({ origin, site, lang, launcher }, clicked),
      () => false,
    );
    if (refused) end();
  }

  /** A page of nobody's site has no button. */
  function end() {
    clearTimeout(late);
    connection.retire();
  }

  /** @param {Later} later */
  function framed({ Frame }) {
    const address = new URL(`/chat?${new URLSearchParams({ site, lang })}`, origin);
    return (frame = new Frame(launcher, address, texts, { hello, service: () => service, visitor: become, act: rest.act, emit, stuck: () => look(true) }));
  }

  const hello = () => ({ visitor: visitor.key, keep: visitor.keeps, live: welcomed });
  const emit = (/** @type {string} */ name, /** @type {unknown} */ detail) => events.dispatchEvent(new CustomEvent(name, { detail }));

  /** @param {string} service */
  function offer(service) {
    if (launcher.show(texts[`launcher.${service}`] ?? "")) emit("ready", undefined);
  }

  /** @param {import("../wire/frames.js").ToPage} it */
  function receive(it) {
    if (it.t === "error") return refused(it);
    if (it.t === "invited") return need((window) => window.load());
    offer((service = it.service));
    if (it.t === "service") return;
    connection.settle(LATE);
    visitor.set(it.visitor);
    if (it.chat && shown !== it.visitor) need((window) => window.load());
    else frame?.revive();
    is(it.visitor);
    told = welcomed = true;
    rest.after = it.sleep_s * 1000;
    rest.look();
    if (it.tell_page) tell();
    emit("welcome", undefined);
  }

  /** @param {{ reason: string, detail?: string | null }} error */
  function refused({ reason, detail }) {
    console.warn("Parlour:", reason, detail ?? "");
    if (reason !== "unknown-site") return;
    end();
    look();
  }

  /** Before the visitor consents there is nobody to tell of. */
  function tell() {
    if (visitor.keeps) told = connection.send(page());
  }

  /** @returns {import("../wire/frames.js").Page} */
  function page() {
    return {
      t: "page",
      address: cut(here(), 4096),
      title: cut(document.title, 300),
      referrer: cut(clean(document.referrer), 2048),
      hash_routes: routes || undefined,
    };
  }

  /** Who is there now, anew: what the window shows of somebody else is taken away. @param {string} key */
  function is(key) {
    told = false;
    if (shown && shown !== key) frame?.anew();
    shown = key;
  }

  /** The chat knows this browser as somebody else: so does the page from now on. @param {string} key */
  function become(key) {
    if (key === visitor.key) return;
    visitor.set((shown = key));
    move();
  }

  function move() {
    told = false;
    connection.stop();
    connection.start();
  }

  const late = setTimeout(() => welcomed || offer("message"), PATIENCE);
  addEventListener("pageshow", (event) => event.persisted && is(visitor.look()));
  steps(tell, here);
  connection.heed();
  calls.heed = () => later(origin).then(({ serve }) => serve(calls, { launcher, connection, visitor, need, events, tell }));
  if (calls.waiting.length) await calls.heed();
  connection.start();
  if (waits) {
    await asked;
    visitor.consent();
    frame?.tell({ t: "keep" });
    move();
  }
}

/** As much of a text as will do, in whole characters. @param {string} text @param {number} most */
const cut = (text, most) => [...text].slice(0, most).join("");

/** @param {string} origin @param {string} lang @returns {Promise<Record<string, string>>} */
async function catalogue(origin, lang) {
  const answer = await fetch(`${origin}/widget/texts/${encodeURIComponent(lang)}.json?only=launcher`);
  return answer.ok || lang === "en" ? answer.json() : catalogue(origin, "en");
}

/** @typedef {typeof import("./sdk.js")} Later */

/** What few pages need at once is not in the bundle, which knows its file. @type {(origin: string) => Promise<Later>} */
const later = (origin) =>
  (loaded ??= import(`${origin}/widget/${typeof SDK === "undefined" ? "page/sdk.js" : SDK}${failed && `?${failed}`}`).catch((error) => {
    failed = Date.now(); // a browser asks for an address that failed no second time
    loaded = undefined;
    throw error;
  }));
/** @type {Promise<Later> | undefined} */
let loaded;
/** @type {number | ""} */
let failed = "";

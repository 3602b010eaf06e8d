// The page's part: one websocket that says who is where, the button, and the window behind it.
import { Connection } from "../wire/connection.js";
import { Frame } from "./frame.js";
import { Launcher } from "./launcher.js";
import { sleep } from "./sleep.js";
import { steps } from "./steps.js";
import { Visitor } from "./visitor.js";

const PATIENCE = 10_000; // ms until the button offers what needs no live connection
const LATE = 6; // failed tries; once known, a page comes back any time within the longest wait: open chats come first

/** @typedef {{ waiting: [string, ...unknown[]][], heed(): unknown }} Calls what the site's script asked for and nobody has heard yet */

/** @param {{ origin: string, site: string, lang: string, waits: boolean, asked: Promise<void>, calls: Calls }} options */
export async function start({ origin, site, lang, waits, asked, calls }) {
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

  /** @type {Launcher} */
  const launcher = new Launcher(() => need().toggle(), need);
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
      }),
    frame: receive,
  });

  /** What stands around the window is made when somebody shows an interest in it. */
  function need() {
    const address = new URL(`/chat?${new URLSearchParams({ site, lang })}`, origin);
    return (frame ??= new Frame(launcher, address, texts, { hello, service: () => service, visitor: become, act: rest.act, emit }));
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
    if (it.t === "invited") return need().load();
    offer((service = it.service));
    if (it.t === "service") return;
    connection.settle(LATE);
    visitor.set(it.visitor);
    if (it.chat && !shown) need().load();
    else frame?.revive();
    is(it.visitor);
    told = welcomed = true;
    rest.after = it.sleep_s * 1000;
    rest.look();
    if (it.tell_page) tell();
    emit("welcome", it);
  }

  /** @param {{ reason: string, detail?: string | null }} error a page of nobody's site has no button */
  function refused({ reason, detail }) {
    console.warn("Parlour:", reason, detail ?? "");
    if (reason !== "unknown-site") return;
    clearTimeout(late);
    connection.retire();
  }

  /** Before the visitor consents there is nobody to tell of. */
  function tell() {
    if (visitor.keeps) told = connection.send(page());
  }

  /** Who is there now, anew: what the window shows of somebody else is taken away. @param {string} key */
  function is(key) {
    told = false;
    if (shown && shown !== key) need().anew();
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
  addEventListener("pageshow", (event) => event.persisted && is(visitor.look()));
  steps(tell);
  connection.heed();
  calls.heed = () => sdk(origin).then(({ serve }) => serve(calls, { launcher, connection, visitor, need: async () => need(), events, tell }));
  if (calls.waiting.length) await calls.heed();
  connection.start();
  if (waits) {
    await asked;
    visitor.consent();
    frame?.tell({ t: "keep" });
    move();
  }
}

/** @returns {import("../wire/frames.js").Page} */
const page = () => ({
  t: "page",
  address: location.href.slice(0, 2048),
  title: document.title.slice(0, 300),
  referrer: document.referrer.slice(0, 2048),
});

/** @param {string} origin @param {string} lang @returns {Promise<Record<string, string>>} */
async function catalogue(origin, lang) {
  const answer = await fetch(`${origin}/widget/texts/${encodeURIComponent(lang)}.json?only=launcher`);
  return answer.ok || lang === "en" ? answer.json() : catalogue(origin, "en");
}

/** Few sites call: it is not in the bundle, which knows its file. @param {string} origin @returns {Promise<typeof import("./sdk.js")>} */
const sdk = (origin) => import(`${origin}/widget/${typeof SDK === "undefined" ? "page/sdk.js" : SDK}`);

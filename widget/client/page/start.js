// The page's part: one websocket that says who is where, the button, and the window behind it.
import { Connection } from "../wire/connection.js";
import { Launcher } from "./launcher.js";
import { steps } from "./steps.js";
import { Visitor } from "./visitor.js";

/** @param {{ origin: string, site: string, lang: string, waits: boolean, asked: Promise<void> }} options */
export async function start({ origin, site, lang, waits, asked }) {
  const visitor = new Visitor();
  if (!waits) visitor.consent();
  const texts = await catalogue(origin, lang);
  let told = false; // the server knows of this page
  let welcomed = false;
  /** @type {Promise<import("./frame.js").Frame> | undefined} */
  let frame;

  /** @type {Launcher} */
  const launcher = new Launcher(() => need().then((it) => it.toggle()), () => need());
  const connection = new Connection(`${origin.replace(/^http/, "ws")}/ws/page`, {
    open: () => connection.send({ t: "hello", site, visitor: visitor.key || undefined, page: told ? undefined : page() }),
    frame: receive,
  });

  /** What the window needs is loaded when somebody shows an interest in it. @returns {NonNullable<typeof frame>} */
  function need() {
    const address = new URL(`/chat?${new URLSearchParams({ site, lang })}`, origin);
    frame ??= import("./frame.js").then(({ Frame }) => new Frame(launcher, address, texts, { hello, visitor: become }));
    frame.catch(() => (frame = undefined));
    return frame;
  }

  const hello = () => ({ visitor: visitor.key, keep: visitor.keeps });

  /** @param {import("../wire/frames.js").ToPage} it */
  function receive(it) {
    if (it.t === "error") return it.reason === "unknown-site" && connection.stop();
    launcher.show(texts[`launcher.${it.service}`] ?? "");
    if (it.t === "service") return;
    connection.settle();
    visitor.set(it.visitor);
    if (it.chat && !welcomed) need().then((window) => window.load());
    else frame?.then((window) => window.revive());
    told = welcomed = true;
    if (it.tell_page) connection.send(page());
  }

  /** The chat knows this browser as somebody else: so does the page from now on. @param {string} key */
  function become(key) {
    if (key === visitor.key) return;
    visitor.set(key);
    move();
  }

  function move() {
    told = false;
    connection.restart();
  }

  addEventListener("pageshow", (event) => event.persisted && (told = false));
  steps(() => connection.send(page()) || (told = false));
  connection.heed();
  connection.start();
  if (waits) {
    await asked;
    const { key } = visitor;
    visitor.consent();
    frame?.then((window) => window.tell({ t: "keep" }));
    if (visitor.key !== key) move();
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

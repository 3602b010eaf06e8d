// The chat window, joined together: it waits for the page's hello, then there is a session, and a shell that shows it.
import { bridge } from "./bridge.js";
import { chime, listen } from "./chime.js";
import { keep } from "./composition.js";
import { isInvitation, isOpen as goesOn, may } from "./conversation.js";
import { fresh } from "./ids.js";
import { news } from "./news.js";
import { Session } from "./session.js";
import { shelf } from "./shelf.js";
import { shell } from "./shell.js";
import { socket } from "./socket.js";
import { Store } from "./store.js";
import { telling } from "./telling.js";
import { texts } from "./texts.js";
import { unread } from "./unread.js";

const ACTS = 5_000; // ms between two signs that somebody does something in here

const site = new URLSearchParams(location.search).get("site") ?? "";
const { lang } = document.documentElement;
const { origins = "[]", limits = "{}", texts: words = "{}" } = document.body.dataset;
const t = texts(JSON.parse(words));

/** What a session has of the browser, and of its document. */
const world = {
  now: () => performance.now(),
  wall: () => Date.now(),
  id: fresh,
  later: (/** @type {number} */ ms, /** @type {() => void} */ run) => void setTimeout(run, ms),
  limits: JSON.parse(limits),
  post: async (/** @type {object} */ frame) => {
    const answer = await fetch("/leave", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(frame) });
    return answer.json();
  },
};

/** @type {ReturnType<typeof begin> | undefined} */
let chat;
let offered = ""; // what the page's button offers

const tell = bridge(JSON.parse(origins), {
  service: ({ service }) => {
    offered = service;
  },
  hello: ({ visitor, keep, live }, page) => (chat ??= begin(visitor, new Store(site, keep, shelf(), visitor, page), live)),
  keep: () => chat?.store.consent(),
  forget: (_, page) => {
    new Store(site, true, shelf(), "", page);
    tell({ t: "ready", open: false });
  },
  open: ({ focus }) => chat?.open(true, focus),
  close: ({ byHand }) => chat?.open(false, byHand),
});
listen();
heed();
addEventListener("keydown", keep, { capture: true });

/** @param {string} visitor the page's key of the visitor, or "" @param {Store} store @param {boolean} live */
function begin(visitor, store, live) {
  const session = new Session(site, visitor, store, socket, world, { cut: !live, service: offered });
  const fit = (/** @type {HTMLElement | null} */ small) => tell({ t: "fit", height: small ? height(small) : 0 });
  const window_ = shell(document.body, { session, t, lang, close: () => tell({ t: "close", byHand: true }), fit });
  const { first } = store.held;
  let isOpen = Boolean(first && !isInvitation(first) && store.wasOpen); // as it was, where there was something
  let wanted = isOpen; // as the page has it, or was asked for last
  let asked = 0; // times that the page has not answered yet
  let returned = isOpen;
  let invited = false; // it opened itself for an invitation
  let told = 0;
  let head = "";
  let line = "";

  const reading = () => isOpen && !document.hidden;
  const heard = news(store.held.told, (what) => {
    tell({ t: "told", what });
    if (what !== "ended" && !reading()) chime();
  });
  session.heard = (entry) => {
    const known = heard(entry);
    if (known !== store.held.told) store.put({ told: known });
  };
  session.visitorIs = (key) => tell({ t: "visitor", visitor: key });
  session.watch = (state) => {
    window_.update(state);
    resume();
    appear();
    count();
  };
  document.addEventListener("visibilitychange", () => count());
  window_.update(session.state);
  session.wire.start();
  setInterval(() => {
    session.tick();
    window_.update(session.state);
  }, 1000);
  tell({ t: "ready", open: isOpen });

  /** A chat that this tab did not know of comes up, too, once the server has told of it. */
  function resume() {
    if (returned || !session.state.model.welcomed) return;
    returned = true;
    const { conversation } = session.state.model;
    if (goesOn(conversation) && !may(conversation, "start") && store.wasOpen && !wanted) turn(true);
  }

  /** An invitation opens the window by itself, and takes it away again where nobody did anything about it. */
  function appear() {
    const shown = window_.screen() === "invitation";
    if (shown && !invited && !wanted) turn(true);
    if (!shown && invited && wanted && !["opening", "routing", "queued", "conversation"].includes(window_.screen())) turn(false);
    if (invited && window_.screen() === "opening") store.wasOpen = true;
    invited = shown;
  }

  /** Ask the page for an open or a closed window. @param {boolean} open */
  function turn(open) {
    wanted = open;
    asked += 1;
    tell(open ? { t: "show" } : { t: "close", byHand: false });
  }

  /** While somebody looks at the window, all is read; while not, the page's button counts. */
  function count() {
    const { conversation } = session.state.model;
    const { read } = store.held;
    const new_ = reading() ? 0 : unread(conversation, read);
    const { id = "", last = 0 } = conversation ?? {};
    if (reading() && last && (read?.number !== last || read.conversation !== id)) store.put({ read: { conversation: id, number: last } });
    if (reading()) session.messages.see();
    if (new_ !== told) tell({ t: "unread", count: (told = new_) });
    const now = telling(session.state.model, store.held.read, t, lang);
    if (now.head !== head || now.line !== line) tell({ t: "tells", ...({ head, line } = now) });
  }

  /** @param {boolean} open @param {boolean} byHand the visitor did it: then the focus follows, or an invitation is refused */
  function open(open, byHand) {
    if (isOpen && !open && byHand && window_.screen() === "invitation") session.request.refuse();
    if (open !== isOpen && !invited) store.wasOpen = open;
    isOpen = open;
    asked = Math.max(0, asked - 1);
    if (!asked) wanted = open;
    count();
    if (open && byHand) window_.focus();
  }

  return { store, open };
}

/** How high a dialog is whose content is not stretched. @param {HTMLElement} small */
function height(small) {
  small.classList.add("fit");
  const { height } = small.getBoundingClientRect();
  small.classList.remove("fit");
  return Math.ceil(height) + 2; // the frame's own border
}

/** Whoever does something in here does not sleep on the page around. */
function heed() {
  let last = -Infinity;
  const act = () => {
    if (performance.now() - last < ACTS) return;
    last = performance.now();
    tell({ t: "act" });
  };
  for (const name of ["pointerdown", "pointermove", "keydown", "scroll", "touchstart"]) addEventListener(name, act, { capture: true, passive: true });
}

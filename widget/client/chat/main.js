// The chat window, joined together: it waits for the page's hello, then there is a session, and a shell that shows it.
import { bridge } from "./bridge.js";
import { fresh } from "./ids.js";
import { Session } from "./session.js";
import { shelf } from "./shelf.js";
import { shell } from "./shell.js";
import { socket } from "./socket.js";
import { Store } from "./store.js";
import { load } from "./texts.js";
import { unread } from "./unread.js";

const site = new URLSearchParams(location.search).get("site") ?? "";
const { lang } = document.documentElement;
const texts = load(lang);
/** @type {Awaited<ReturnType<typeof begin>> | undefined} */
let chat;

const tell = bridge(JSON.parse(document.body.dataset.origins ?? "[]"), {
  hello: async ({ visitor, keep }) => (chat ??= await begin(visitor, new Store(site, keep, shelf()))),
  keep: () => chat?.store.consent(),
  open: ({ focus }) => chat?.open(true, focus),
  close: () => chat?.open(false, false),
});

/** @param {string} visitor the page's key of the visitor, or "" @param {Store} store */
async function begin(visitor, store) {
  const world = {
    now: () => performance.now(),
    wall: () => Date.now(),
    id: fresh,
    later: (/** @type {number} */ ms, /** @type {() => void} */ run) => void setTimeout(run, ms),
  };
  const session = new Session(site, visitor, store, socket, world);
  const close = () => tell({ t: "close" });
  const window_ = shell(document.body, { session, t: await texts, lang, close });
  let isOpen = false;
  let told = 0;

  session.visitorIs = (key) => tell({ t: "visitor", visitor: key });
  session.watch = (state) => {
    window_.update(state);
    count();
  };
  window_.update(session.state);
  session.wire.start();
  setInterval(() => {
    session.tick();
    window_.update(session.state);
  }, 1000);
  tell({ t: "ready", open: store.wasOpen });

  /** While the window is open, all is read; while it is not, the page's button counts. */
  function count() {
    const { conversation } = session.state.model;
    const { read } = store.held;
    const new_ = isOpen ? 0 : unread(conversation, read);
    const { id = "", last = 0 } = conversation ?? {};
    if (isOpen && last && (read?.number !== last || read.conversation !== id)) store.put({ read: { conversation: id, number: last } });
    if (new_ !== told) tell({ t: "unread", count: (told = new_) });
  }

  /** @param {boolean} open @param {boolean} focus the visitor opened it by hand */
  function open(open, focus) {
    isOpen = open;
    store.wasOpen = open;
    count();
    if (focus) window_.focus();
  }

  return { store, open };
}

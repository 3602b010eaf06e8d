// Stands in the page itself, before all else: until the dashboard is there it says in words what is amiss, and loads it anew where
// that helps. It can count on nothing that is loaded, so that it takes its words from its own tag.

(() => {
  const words = document.currentScript?.dataset ?? {};
  const SLOW = 6000; // ms until it says that this takes long
  const POLL = 500; // ms between questions to a server that is away
  const TRIES = 3; // times in a minute that it loads the page anew by itself
  const KEPT = "parlour.anew"; // in this tab: when it did
  let up = false;
  let over = false; // what is here will never be up
  let coming = 0; // modules of components that are on their way

  const text = document.createElement("p");
  const again = document.createElement("button");
  const box = document.createElement("div");
  box.id = "coming-up";
  text.setAttribute("role", "status");
  again.textContent = words.again ?? "";
  again.onclick = () => location.reload();
  box.append(text, again);

  const say = (/** @type {string | undefined} */ what) => {
    text.textContent = what ?? "";
    again.hidden = over && what === words.anew;
    if (!box.isConnected) document.documentElement.append(box);
  };

  /** @returns {number[]} */
  const lately = () => JSON.parse(sessionStorage.getItem(KEPT) ?? "[]").filter((/** @type {number} */ at) => Math.abs(Date.now() - at) < 60_000);

  const remember = () => {
    try {
      const before = lately();
      if (before.length >= TRIES) return false;
      sessionStorage.setItem(KEPT, JSON.stringify([...before, Date.now()]));
      return true;
    } catch {
      return false; // a browser that keeps nothing would load for ever
    }
  };

  const isReady = async () => {
    try {
      return (await (await fetch("/app/health", { cache: "no-store" })).json()).ready === true;
    } catch {
      return false; // not there yet: asked again
    }
  };

  /** Whatever it was (an old page, an ended token, a sign-out, a file that did not come), a page of now knows better. */
  const anew = async () => {
    if (over) return;
    over = true;
    if (!remember()) return say(words.stuck);
    say(words.anew);
    while (!(await isReady())) await new Promise((resolve) => setTimeout(resolve, POLL));
    location.reload();
  };

  // A browser loads modules by itself; Panel asks es-module-shims for them (see dashboard/panel/libraries.py).
  const load = async (/** @type {string} */ url) => {
    coming += 1;
    try {
      return await import(new URL(url, document.baseURI).href);
    } catch (error) {
      anew();
      throw error;
    } finally {
      coming -= 1;
    }
  };
  Object.assign(window, { importShim: Object.assign(load, { addImportMap() {} }) });

  window.WebSocket = class extends WebSocket {
    /** @param {string | URL} url @param {string | string[]} [protocols] */
    constructor(url, protocols) {
      super(url, protocols);
      this.addEventListener("close", () => up || anew()); // afterwards the lifeline sees to it
    }
  };
  addEventListener("error", ({ target }) => target instanceof HTMLScriptElement && !up && anew(), true);

  const slow = setTimeout(() => over || say(words.slow), SLOW);
  const watch = setInterval(() => {
    if (over || coming || !document.body?.dataset.connection) return;
    up = true;
    clearTimeout(slow);
    clearInterval(watch);
    box.remove();
  }, 100);
})();

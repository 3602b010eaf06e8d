// Stands in the page itself, before all else: until the dashboard is there it says in words what is amiss, and loads it anew where
// that helps. It can count on nothing that is loaded, so that it takes its words from its own tag.

(() => {
  const words = document.currentScript?.dataset ?? {};
  const SLOW = 6000; // ms until it says that this takes long
  const POLL = 500; // ms between questions to a server that is away
  const TRIES = 3; // times, one after the other, that it loads the page anew by itself
  const KEPT = "parlour.anew"; // in this tab: how often it did, since the dashboard was last there
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

  /** Whether it may be loaded once more: a browser that keeps nothing would load for ever. */
  const mayTry = () => {
    try {
      const times = Number(sessionStorage.getItem(KEPT)) + 1;
      sessionStorage.setItem(KEPT, String(times));
      return times <= TRIES;
    } catch {
      return false;
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
    if (!mayTry()) return say(words.stuck);
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
    sessionStorage.removeItem(KEPT);
  }, 100);
})();

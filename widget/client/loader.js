// The one script tag of a site: finds its own origin, takes the site's calls, and starts the page's part. Bundled with it.
import { start } from "./page/start.js";

(() => {
  // A module is no current script, and a tag manager keeps no attributes: what they say may stand in the address, too.
  const script = /** @type {HTMLScriptElement | null} */ (document.currentScript ?? document.querySelector('script[src*="/widget.js"]'));
  const stub = /** @type {import("./wire/globals.js").Stub | undefined} */ (window.Parlour);
  if (!script || stub?.consent) return;
  const { origin, searchParams } = new URL(script.src);
  const { site = "", lang = "en", consent, hashRoutes, without } = { ...inAddress(searchParams), ...script.dataset };
  /** @type {import("./page/start.js").Calls} */
  const calls = { waiting: [], heed() {} };
  /** @type {() => void} */
  let agree = () => {};
  const asked = new Promise((/** @type {(value?: undefined) => void} */ resolve) => (agree = resolve));
  /** @type {(name: string, ...values: unknown[]) => unknown} */
  const call = (name, ...values) => {
    if (name === "consent") return agree();
    calls.waiting.push([name, ...values]);
    calls.heed();
  };
  for (const name of "consent open close show hide identify update track on off shutdown".split(" "))
    Object.assign(call, { [name]: (/** @type {unknown[]} */ ...values) => call(name, ...values) });
  window.Parlour = /** @type {any} */ (call);
  // Whatever a site's script has put there: what is no call is said later, where each is looked at.
  for (const one of Array.from(stub?.q ?? [])) call(.../** @type {[string]} */ (Object(one) === one ? Array.from(one) : [one]));
  if (consent !== "required") agree();
  start({ origin, site, lang, waits: consent === "required", asked, calls, routes: hashRoutes !== undefined, without });
})();

/** What an address says as attributes do: `hash-routes` is their `hashRoutes`. @param {URLSearchParams} said @returns {DOMStringMap} */
function inAddress(said) {
  return Object.fromEntries([...said].map(([name, value]) => [name.replace(/-(.)/g, (_, letter) => letter.toUpperCase()), value]));
}

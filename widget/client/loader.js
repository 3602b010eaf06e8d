// The one script tag of a site: finds its own origin, offers `Parlour.consent()`, and starts the page's part.
(() => {
  const script = document.currentScript;
  if (!(script instanceof HTMLScriptElement) || window.Parlour) return;
  const { site = "", lang = "en", consent } = script.dataset;
  /** @type {() => void} */
  let consented = () => {};
  const asked = new Promise((/** @type {(value?: undefined) => void} */ resolve) => (consented = resolve));
  window.Parlour = { consent: () => consented() };
  if (consent !== "required") consented();
  const { origin } = new URL(script.src);
  import(`${origin}/widget/page/start.js`).then(({ start }) =>
    start({ origin, site, lang, waits: consent === "required", asked }),
  );
})();

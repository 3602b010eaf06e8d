// Steps within a page that changes its address without a load.
/** @param {() => void} step @param {() => string} here the page's address */
export function steps(step, here) {
  let last = here();
  const look = () => setTimeout(() => last !== (last = here()) && step(), 50); // the title follows
  for (const name of /** @type {const} */ (["pushState", "replaceState"])) {
    const go = history[name];
    history[name] = function (...to) {
      go.apply(this, to);
      look();
    };
  }
  for (const name of ["popstate", "hashchange"]) addEventListener(name, look);
}

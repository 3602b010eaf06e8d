// Steps within a page that changes its address without a load.
/** @param {() => void} step */
export function steps(step) {
  const here = () => location.href.split("#")[0];
  let last = here();
  const look = () => setTimeout(() => last !== (last = here()) && step(), 50); // the title follows
  for (const name of /** @type {const} */ (["pushState", "replaceState"])) {
    const go = history[name];
    history[name] = function (...to) {
      go.apply(this, to);
      look();
    };
  }
  addEventListener("popstate", look);
}

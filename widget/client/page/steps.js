// Steps within a page that changes its address without a load. The title follows, sooner or later.

const SOON = 50; // ms
const LATE = 1_000; // ms after which a page has the title that it has
const OVER = 3_000; // ms until nobody looks for another title any more

/**
 * @param {(again: boolean, address?: string) => void} tell of a step to where we are, or of one that was told, `again`
 * @param {() => string} here the page's address
 */
export function steps(tell, here) {
  let [last, title, since, told, timer] = [here(), document.title, Date.now(), true, 0];

  function watch() {
    const age = Date.now() - since;
    if (title !== (title = document.title) || (!told && age >= LATE)) {
      tell(told);
      told = true;
    }
    if (age < OVER) timer = setTimeout(watch, SOON);
  }

  function look() {
    if (last === here()) return;
    leave();
    [last, title, since, told] = [here(), document.title, Date.now(), false];
    clearTimeout(timer);
    timer = setTimeout(watch, SOON);
  }

  /** A page that was there for more than a moment is told, whatever its title. */
  function leave() {
    if (!told && Date.now() - since >= SOON) tell(false, last);
    told = true;
  }

  for (const name of /** @type {const} */ (["pushState", "replaceState"])) {
    const go = history[name];
    history[name] = function (...to) {
      go.apply(this, to);
      look();
    };
  }
  for (const name of ["popstate", "hashchange"]) addEventListener(name, look);
  addEventListener("pagehide", leave);
  watch();
}

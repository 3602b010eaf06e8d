// Lists hold still while the pointer is on them: who is gone fades, who comes stands last, until it leaves.

/** @import { Places } from "./places.js" */

/**
 * @template {{id: string}} R
 * @param {HTMLElement} list
 * @param {Places<R>} places
 * @param {() => void} settle sweeps and draws, once the pointer has left
 */
export function holdStill(list, places, settle) {
  list.addEventListener("pointerenter", () => (places.held = true));
  list.addEventListener("pointerleave", () => {
    places.held = false;
    settle();
  });
}

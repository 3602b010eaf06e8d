// Lists hold still while the pointer is on them: who is gone fades, who comes stands last, until it leaves.

import { arrange } from "../look/dom.js";

export class Still {
  /**
   * @param {HTMLElement} list
   * @param {() => void} draw draws the list as it should be, once the pointer has left
   */
  constructor(list, draw) {
    this.list = list;
    this.held = false;
    list.addEventListener("pointerenter", () => (this.held = true));
    list.addEventListener("pointerleave", () => {
      this.held = false;
      draw();
    });
  }

  /**
   * Put the elements into their order, or, while held, after what stands there.
   * @param {Element[]} ordered those that are present, in their order
   */
  arrange(ordered) {
    const standing = this.held ? [...this.list.children] : [];
    for (const element of standing) element.classList.toggle("gone", !ordered.includes(element));
    for (const element of ordered) element.classList.remove("gone");
    arrange(this.list, [...standing, ...ordered.filter((element) => !standing.includes(element))]);
  }
}

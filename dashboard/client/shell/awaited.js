// A place whose data is still on its way: it is busy, and holds grey shapes of what will stand there, which are seen once it
// takes longer than a moment (`look/awaited.css`); or it says why the data does not come. Every list and section waits by this.

import { h } from "../look/dom.js";
import { coded, whyLost } from "./refusal.js";

/** @typedef {"badges" | "rows" | "cells" | "cards" | "words"} Shapes what will stand there */

export class Awaited {
  /**
   * @param {HTMLElement} place keeps what else is in it
   * @param {Shapes | null} [kind] null: what is there already is greyed
   * @param {number} [many] shapes
   */
  constructor(place, kind = null, many = 0) {
    this.place = place;
    this.shapes = h("div", { class: "awaited", "data-kind": kind, "aria-hidden": "true" });
    this.problem = h("p", { class: "lost-view", role: "alert" });
    if (kind) place.append(this.shapes);
    else place.classList.add("awaits");
    place.ariaBusy = "true";
    this.expect(many);
  }

  /** So many will come. @param {number} many */
  expect(many) {
    if (this.place.ariaBusy) this.shapes.replaceChildren(...Array.from({ length: many }, () => h("div", { class: "shape" })));
  }

  /** The data is here. */
  come() {
    this.end();
    this.problem.remove();
  }

  /** It does not come, or not any more; what is there stays. @param {string} reason its name */
  fail(reason) {
    this.end();
    this.problem.replaceChildren(...coded(whyLost(reason), reason));
    if (this.place instanceof HTMLUListElement) this.place.after(this.problem);
    else this.place.append(this.problem);
  }

  end() {
    this.shapes.remove();
    this.place.ariaBusy = null;
  }
}

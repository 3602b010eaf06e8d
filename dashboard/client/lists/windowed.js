// A long list of cards of one size, of which only those in sight are in the document: what is in sight is arithmetic.
// It has one stop for the Tab key; the arrows, Page Up and Down, Home and End walk through all of it.

import { focused } from "../look/dom.js";
import { Keyed } from "./keyed.js";
import { columnsIn, Places, placesIn, walked } from "./places.js";

/** @import { TableOf } from "../wire.js" */

const A_FRAME = 12; // cards that get their contents in one frame of the screen; what a jump needs more, the next ones bring

/** @template {{id: string}} R */
export class Windowed {
  /**
   * @param {HTMLElement} list its `grid-auto-columns` say how wide a card is at least, `grid-auto-rows` how high
   * @param {{key: (row: R) => string, make: (id: string) => HTMLElement, fill: (card: HTMLElement, row: R) => void, drawn?: (count: number) => void}} how
   *   `make`: a card without contents; its `.stop` gets the focus, and what else has a tabindex is reached from there
   */
  constructor(list, { key, make, fill, drawn = () => {} }) {
    this.list = list;
    this.fill = fill;
    this.drawn = drawn;
    /** @type {Places<R>} */
    this.places = new Places(key);
    this.cards = new Keyed(list, (id) => {
      const card = make(id);
      card.dataset.of = id;
      return card;
    });
    /** @type {Set<string>} Cards whose contents are not what they should be yet. */
    this.pending = new Set();
    /** @type {WeakMap<HTMLElement, string>} How each card was put, so that nothing is set that is so. */
    this.stands = new WeakMap();
    /** @type {string | null} The card with the stop. */
    this.stop = null;
    this.place = 0; // where it stands: who goes hands it to the next
    this.seen = { columns: 1, count: 0, page: 1, step: 1, across: 0, top: 0, bottom: 0 };
    this.frame = 0;
    /** @type {Element | null} */
    this.scroller = null;
    this.soon = () => {
      this.frame ||= requestAnimationFrame(() => {
        this.frame = 0;
        this.settle();
      });
    };
    this.sizes = new ResizeObserver(this.soon);
    this.listen();
  }

  listen() {
    const { list, places, soon } = this;
    this.sizes.observe(list);
    document.addEventListener("scroll", soon, { capture: true, passive: true });
    addEventListener("resize", soon);
    list.addEventListener("pointerenter", () => (places.held = true));
    list.addEventListener("pointerleave", () => {
      places.held = false;
      this.settle();
    });
    list.addEventListener("focusin", ({ target }) => this.stopAt(this.idOf(target)));
    list.addEventListener("focusout", soon);
    list.addEventListener("keydown", (event) => this.walk(event));
  }

  /** Nothing is heard or drawn any more. */
  end() {
    cancelAnimationFrame(this.frame);
    this.sizes.disconnect();
    document.removeEventListener("scroll", this.soon, { capture: true });
    removeEventListener("resize", this.soon);
  }

  /** @param {TableOf<R>} patch */
  apply(patch) {
    const { places } = this;
    places.stays = this.inUse();
    const { changed, came } = places.apply(patch);
    for (const id of changed) if (this.cards.elements.has(id)) this.pending.add(id);
    this.draw();
    for (const id of came) this.cards.elements.get(id)?.classList.add("came");
  }

  /** Once nobody holds the list still, who is gone goes; then draw. */
  settle() {
    const { places } = this;
    places.stays = this.inUse();
    if (!places.held && places.loose()) places.sweep();
    this.draw();
  }

  /** The card that has the focus, or an open menu. */
  inUse() {
    return this.idOf(focused()) ?? this.idOf(this.list.querySelector("[aria-expanded=true]"));
  }

  /** Draw what is in sight: frames for all of it, contents for as many as there is time for. */
  draw() {
    if (!this.measure()) return;
    const { ids, at } = this.places;
    const { first, last } = placesIn(this.seen);
    const place = at.get(this.stop ?? "") ?? Math.min(this.place, ids.length - 1);
    const stop = ids[place] ?? null;
    this.stop = stop;
    this.place = Math.max(0, place);
    const shown = ids.slice(first, last);
    if (stop && place < first) shown.unshift(stop);
    if (stop && place >= last) shown.push(stop);
    for (const id of this.cards.show(shown)) this.pending.add(id);
    for (const id of shown) this.put(id);
    let left = A_FRAME;
    for (const id of this.pending) {
      if (this.cards.elements.has(id) && left-- === 0) break;
      this.content(id);
    }
    if (this.pending.size) this.soon();
    this.drawn(ids.length);
  }

  /** How the list lies and what of it is in sight; false where it is not shown at all. */
  measure() {
    const { width, top: from } = this.list.getBoundingClientRect();
    if (!width) return false;
    this.scroller ??= scrollerOf(this.list);
    const style = getComputedStyle(this.list);
    const gap = parseFloat(style.columnGap) || 0;
    const { columns, wide } = columnsIn({ width, least: parseFloat(style.gridAutoColumns), gap });
    const step = parseFloat(style.gridAutoRows) + gap;
    const count = this.places.ids.length;
    const top = this.scroller.getBoundingClientRect().top - from;
    const height = this.scroller.clientHeight;
    this.seen = { columns, count, step, across: wide + gap, top, bottom: top + height, page: Math.max(1, Math.floor(height / step) - 1) };
    this.list.style.setProperty("--card-width", `${wide}px`);
    this.list.style.height = `${Math.max(0, Math.ceil(count / columns) * step - gap)}px`;
    return true;
  }

  /** Put a card to its place. @param {string} id */
  put(id) {
    const card = this.cards.elements.get(id);
    const place = this.places.at.get(id);
    if (!card || place === undefined) return;
    const { columns, count, step, across } = this.seen;
    const stop = id === this.stop;
    const gone = this.places.gone.has(id);
    const stands = [place, columns, count, step, across, stop, gone].join();
    if (this.stands.get(card) === stands) return;
    this.stands.set(card, stands);
    card.style.insetInlineStart = `${(place % columns) * across}px`;
    card.style.top = `${Math.floor(place / columns) * step}px`;
    card.setAttribute("aria-posinset", String(place + 1));
    card.setAttribute("aria-setsize", String(count));
    card.classList.toggle("gone", gone);
    for (const one of card.querySelectorAll("[tabindex]")) /** @type {HTMLElement} */ (one).tabIndex = stop ? 0 : -1;
  }

  /** @param {string} id */
  content(id) {
    this.pending.delete(id);
    const card = this.cards.elements.get(id);
    const row = this.places.rows.get(id);
    if (card && row) this.fill(card, row);
  }

  /** @param {string | null} id */
  stopAt(id) {
    if (!id || id === this.stop) return;
    const before = this.stop;
    this.stop = id;
    if (before) this.put(before);
    this.put(id);
  }

  /** @param {KeyboardEvent} event */
  walk(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const place = this.places.at.get(this.idOf(event.target) ?? "");
    if (place === undefined) return;
    const mirrored = getComputedStyle(this.list).direction === "rtl";
    const to = walked(event.key, place, { ...this.seen, mirrored });
    if (to === null) return;
    event.preventDefault();
    this.goTo(to);
  }

  /** Bring a place into sight, and give it the focus. @param {number} place */
  goTo(place) {
    const id = this.places.ids[place];
    if (!id || !this.scroller) return;
    const { columns, step, top, bottom } = this.seen;
    const y = Math.floor(place / columns) * step;
    if (y < top) this.scroller.scrollTop += y - top;
    else if (y + step > bottom) this.scroller.scrollTop += y + step - bottom;
    this.stop = id;
    this.draw();
    this.content(id);
    /** @type {HTMLElement | null} */ (this.cards.elements.get(id)?.querySelector(".stop") ?? null)?.focus({ preventScroll: true });
  }

  /** The card that something is in. @param {EventTarget | null} target */
  idOf(target) {
    if (!(target instanceof Element) || !this.list.contains(target)) return null;
    return /** @type {HTMLElement | null} */ (target.closest("[data-of]"))?.dataset.of ?? null;
  }
}

/** What scrolls an element, whatever shadow root it is in. @param {Element} element */
function scrollerOf(element) {
  for (let one = around(element); one; one = around(one)) if (/auto|scroll/.test(getComputedStyle(one).overflowY)) return one;
  return /** @type {Element} */ (document.scrollingElement);
}

/** @param {Element} element @returns {Element | null} */
function around(element) {
  const root = element.getRootNode();
  return element.assignedSlot ?? element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
}

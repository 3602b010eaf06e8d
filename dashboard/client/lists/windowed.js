// A long list of cards of one size, of which only those in sight are in the document: what is in sight is arithmetic.
// It has one stop for the Tab key; the arrows, Page Up and Down, Home and End walk through all of it. Of a row that is not
// here yet there is its place: its card stands there, can have the focus, and says what it has to once the row has come.

import { focused } from "../look/dom.js";
import { Asking } from "./asking.js";
import { Keyed } from "./keyed.js";
import { columnsIn, Places, placesIn, walked } from "./places.js";
import { holdStill } from "./still.js";

/** @import { Place, TableOf } from "../wire.js" */

const MOST = 3000; // rows asked for at once
const A_FRAME = 12; // cards that get their contents in one frame of the screen, or are made beyond what is in sight; the next brings more

/** @template {Place} R */
export class Windowed {
  /**
   * @param {HTMLElement} list its `grid-auto-columns` say how wide a card is at least, `grid-auto-rows` how high
   * @param {{here: (row: R | Place) => row is R, see: (ids: string[]) => void, make: (id: string) => HTMLElement, fill: (card: HTMLElement, row: R) => void, drawn?: (count: number) => void}} how
   *   `here`: whether it is the row, not its place alone; `see`: asks for the rows that are shown;
   *   `make`: a card without contents; its `.stop` gets the focus, and what else has a tabindex is reached from there
   */
  constructor(list, { here, see, make, fill, drawn = () => {} }) {
    this.list = list;
    this.here = here;
    this.fill = fill;
    this.drawn = drawn;
    this.asking = new Asking(see, () => this.draw());
    /** @type {Places<R | Place>} */
    this.places = new Places((row) => row.turn);
    this.cards = new Keyed(list, (id) => {
      const card = make(id);
      card.dataset.of = id;
      card.ariaBusy = "true";
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
    holdStill(list, places, () => this.settle());
    list.addEventListener("focusin", ({ target }) => this.stopAt(this.idOf(target)));
    list.addEventListener("focusout", soon);
    list.addEventListener("keydown", (event) => this.walk(event));
  }

  /** Nothing is heard or drawn any more. */
  end() {
    cancelAnimationFrame(this.frame);
    this.asking.end();
    this.sizes.disconnect();
    document.removeEventListener("scroll", this.soon, { capture: true });
    removeEventListener("resize", this.soon);
  }

  /** @param {TableOf<R | Place>} patch */
  apply(patch) {
    const { places } = this;
    places.stays = this.inUse();
    const { changed, came } = places.apply(patch);
    for (const id of changed) if (this.cards.elements.has(id)) this.pending.add(id);
    this.draw();
    for (const id of came) this.cards.elements.get(id)?.classList.add("came");
  }

  /** What is said in all cards is said otherwise. */
  renew() {
    for (const id of this.cards.elements.keys()) this.pending.add(id);
    this.soon();
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

  /** Draw what is in sight: a card for each, then, as many as there is time for, those around and what all of them say. */
  draw() {
    if (!this.measure()) return;
    const { ids, at } = this.places;
    const around = placesIn(this.seen);
    const inside = placesIn(this.seen, 0);
    const place = at.get(this.stop ?? "") ?? Math.min(this.place, ids.length - 1);
    const stop = ids[place] ?? null;
    this.stop = stop;
    this.place = Math.max(0, place);
    const wanted = ids.slice(around.first, around.last);
    if (stop && place < around.first) wanted.unshift(stop);
    if (stop && place >= around.last) wanted.push(stop);
    let more = A_FRAME;
    const seen = new Set(ids.slice(inside.first, inside.last));
    const shown = wanted.filter((id) => seen.has(id) || id === stop || this.cards.elements.has(id) || more-- > 0);
    const made = this.cards.show(shown);
    for (const id of made) this.pending.add(id);
    for (const id of shown) this.put(id);
    let left = made.length > A_FRAME ? 0 : A_FRAME;
    for (const id of this.pending) {
      if (this.cards.elements.has(id) && left-- === 0) break;
      this.content(id);
    }
    if (this.pending.size || shown.length < wanted.length) this.soon();
    this.asking.see(wanted.slice(0, MOST), (id) => !this.rowOf(id) && !this.places.gone.has(id));
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
    const row = this.rowOf(id);
    if (!card || !row) return;
    this.fill(card, row);
    card.ariaBusy = null;
  }

  /** A row, where it is here. @param {string} id */
  rowOf(id) {
    const row = this.places.rows.get(id);
    return row && this.here(row) ? row : null;
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

  /** Bring a place into sight, and give it the focus; what else is to be seen there comes with the next frame. @param {number} place */
  goTo(place) {
    const id = this.places.ids[place];
    if (!id || !this.scroller) return;
    const { columns, step, top, bottom } = this.seen;
    const y = Math.floor(place / columns) * step;
    if (y < top) this.scroll(y - top);
    else if (y + step > bottom) this.scroll(y + step - bottom);
    if (!this.cards.elements.has(id)) this.cards.add(id);
    this.stopAt(id);
    this.content(id); // where it is not here yet, it is drawn when it comes
    /** @type {HTMLElement | null} */ (this.cards.elements.get(id)?.querySelector(".stop") ?? null)?.focus({ preventScroll: true });
    this.soon();
  }

  /** @param {number} by */
  scroll(by) {
    const scroller = /** @type {Element} */ (this.scroller);
    const before = scroller.scrollTop;
    scroller.scrollTop += by;
    this.seen.top += scroller.scrollTop - before;
    this.seen.bottom += scroller.scrollTop - before;
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

// In which order a list's rows stand, and that they hold still while the pointer is on them: who is gone keeps its place,
// who comes stands last, until it leaves. No document in here.

/** @import { TableOf } from "../wire.js" */

/** @template {{id: string}} R */
export class Places {
  /** @param {(row: R) => string} key what rows are ordered by; then by their ids */
  constructor(key) {
    this.key = key;
    /** @type {string[]} */
    this.ids = [];
    /** @type {Map<string, number>} */
    this.at = new Map();
    /** @type {Map<string, R>} */
    this.rows = new Map();
    /** @type {Set<string>} Who is gone, and stands there still. */
    this.gone = new Set();
    this.held = false;
    /** @type {Set<string>} Who may stand out of order. */
    this.moved = new Set();
    /** @type {string | null} Who stands there even when gone: what has the focus. */
    this.stays = null;
  }

  /**
   * Take a patch: whose rows it sets, and who came by it.
   * @param {TableOf<R>} patch
   * @returns {{changed: Set<string>, came: string[]}}
   */
  apply({ all, set = [], gone = [] }) {
    const rows = [...(all ?? []), ...set];
    const changed = new Set(rows.map((row) => row.id));
    /** @type {string[]} */
    const coming = [];
    for (const row of rows) {
      const before = this.rows.get(row.id);
      if (!before) coming.push(row.id);
      else if (this.key(before) !== this.key(row)) this.moved.add(row.id);
      this.rows.set(row.id, row);
      this.gone.delete(row.id);
    }
    let last = this.ids.findLast((id) => !this.moved.has(id));
    for (const id of coming) {
      if (last !== undefined && !this.before(last, id)) this.moved.add(id);
      else last = id;
      this.at.set(id, this.ids.length);
      this.ids.push(id);
    }
    for (const id of all ? this.ids.filter((one) => !changed.has(one)) : gone) if (this.at.has(id)) this.gone.add(id);
    if (!this.held && this.loose()) this.sweep();
    return { changed, came: all ? [] : coming };
  }

  /** Whether one stands before another in their order. @param {string} one @param {string} other */
  before(one, other) {
    const a = this.key(/** @type {R} */ (this.rows.get(one)));
    const b = this.key(/** @type {R} */ (this.rows.get(other)));
    return a === b ? one < other : a < b;
  }

  /** Whether a sweep would change anything: somebody is gone who need not stay, or stands out of order. */
  loose() {
    return this.moved.size > 0 || [...this.gone].some((id) => id !== this.stays);
  }

  /** Who is gone goes, but for who stays; all others stand in their order. */
  sweep() {
    for (const id of this.gone) {
      if (id === this.stays) continue;
      this.rows.delete(id);
      this.gone.delete(id);
    }
    this.ids = this.ids.filter((id) => this.rows.has(id));
    this.sort();
    this.at = new Map(this.ids.map((id, place) => [id, place]));
  }

  /** Put those who moved among the others, who stand in their order: a long list is not sorted anew for a few. */
  sort() {
    if (!this.moved.size) return;
    this.ids = this.moved.size * 10 > this.ids.length ? this.sorted(this.ids) : this.inserted();
    this.moved.clear();
  }

  inserted() {
    const others = this.ids.filter((id) => !this.moved.has(id));
    /** @type {string[]} */
    const ids = [];
    let from = 0;
    for (const id of this.sorted([...this.moved].filter((one) => this.rows.has(one)))) {
      const to = this.placeOf(id, others, from);
      for (; from < to; from += 1) ids.push(/** @type {string} */ (others[from]));
      ids.push(id);
    }
    return ids.concat(others.slice(from));
  }

  /** @param {string[]} ids */
  sorted(ids) {
    const keyed = ids.map((id) => ({ id, key: this.key(/** @type {R} */ (this.rows.get(id))) }));
    keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.id < b.id ? -1 : 1));
    return keyed.map(({ id }) => id);
  }

  /** Where somebody belongs among those in order. @param {string} id @param {string[]} others @param {number} from */
  placeOf(id, others, from) {
    let [low, high] = [from, others.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.before(/** @type {string} */ (others[middle]), id)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/**
 * As many columns as there is room for, and how wide they are.
 * @param {{width: number, least: number, gap: number}} room
 */
export function columnsIn({ width, least, gap }) {
  const columns = Math.max(1, Math.floor((width + gap) / (least + gap)));
  return { columns, wide: (width - gap * (columns - 1)) / columns };
}

/**
 * The places whose rows are in sight or nearly.
 * @param {{top: number, bottom: number, step: number, columns: number, count: number}} sight in the list's own pixels
 * @param {number} [spare] rows before and after
 */
export function placesIn({ top, bottom, step, columns, count }, spare = 2) {
  const first = Math.max(0, Math.floor(top / step) - spare) * columns;
  const last = Math.max(0, Math.ceil(bottom / step) + spare) * columns;
  return { first: Math.min(first, count), last: Math.min(last, count) };
}

/**
 * Where a key leads from a place; null where it is none that walks.
 * @param {string} key
 * @param {number} place
 * @param {{columns: number, count: number, page: number, mirrored?: boolean}} list `page`: the rows in sight
 */
export function walked(key, place, { columns, count, page, mirrored = false }) {
  const on = mirrored ? -1 : 1;
  const last = count - 1;
  const down = (/** @type {number} */ rows) => {
    const furthest = Math.floor(last / columns);
    const row = Math.floor(place / columns);
    return row === furthest ? place : Math.min(last, place + Math.min(rows, furthest - row) * columns);
  };
  const up = (/** @type {number} */ rows) => place - Math.min(rows, Math.floor(place / columns)) * columns;
  /** @type {Record<string, () => number>} */
  const ways = {
    ArrowRight: () => place + on,
    ArrowLeft: () => place - on,
    ArrowDown: () => down(1),
    ArrowUp: () => up(1),
    PageDown: () => down(page),
    PageUp: () => up(page),
    Home: () => 0,
    End: () => last,
  };
  const way = Object.hasOwn(ways, key) && count > 0 ? ways[key] : undefined;
  return way ? Math.max(0, Math.min(last, way())) : null;
}

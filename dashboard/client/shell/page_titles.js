// Titles of pages without what all pages of a site end with: its name, which on every badge would say nothing.

import { origin } from "./addresses.js";

const BETWEEN = /\s+[·|–—•»:-]\s+/gu;
const MOST = 200; // titles remembered of a site

/** The endings that a title may be rid of, the longest first. @param {string} title */
const endings = (title) => [...title.matchAll(BETWEEN)].filter(({ index }) => index > 0).map(({ index }) => title.slice(index));

/**
 * The longest ending that most of a site's titles share, two at least; "" where there is none.
 * @param {Iterable<string>} titles each once
 */
export function common(titles) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  let all = 0;
  for (const title of titles) {
    all += 1;
    for (const ending of endings(title)) counts.set(ending, (counts.get(ending) ?? 0) + 1);
  }
  const shared = [...counts].filter(([, n]) => n > 1 && 2 * n > all).map(([ending]) => ending);
  return shared.reduce((longest, ending) => (ending.length > longest.length ? ending : longest), "");
}

export class PageTitles {
  constructor() {
    /** @type {Map<string, {titles: Set<string>, ending: string}>} By the site's origin. */
    this.sites = new Map();
  }

  /**
   * Learn of pages; whether titles are said otherwise now.
   * @param {{title?: string | null, address?: string | null}[]} pages
   */
  learn(pages) {
    const changed = new Set();
    for (const { title, address } of pages) {
      const site = this.siteOf(address ?? "");
      if (!title || site.titles.has(title) || site.titles.size >= MOST) continue;
      site.titles.add(title);
      changed.add(site);
    }
    let otherwise = false;
    for (const site of changed) {
      const ending = common(site.titles);
      otherwise ||= ending !== site.ending;
      site.ending = ending;
    }
    return otherwise;
  }

  /**
   * A page as people are told of it: by its title, else by its address.
   * @param {{title?: string | null, address?: string | null}} page
   */
  said({ title, address }) {
    if (!title) return address ?? "";
    const { ending } = this.siteOf(address ?? "");
    return ending && title !== ending && title.endsWith(ending) ? title.slice(0, -ending.length) : title;
  }

  /** @param {string} address */
  siteOf(address) {
    const name = origin(address);
    const site = this.sites.get(name) ?? { titles: new Set(), ending: "" };
    this.sites.set(name, site);
    return site;
  }
}

/** All there is to know of a page, for who points at it. @param {{title?: string | null, address?: string | null}} page */
export const whole = ({ title, address }) => [title, address].filter(Boolean).join("\n");

// A page without a browser: what a tab keeps, the address, and the people on them.
import { People } from "../../../dashboard/client/people/people.js";
import { Sections } from "../../../dashboard/client/people/sections.js";

/** What a tab keeps, as JSON, so that nothing is shared but what was kept. */
export function shelf(kept = {}) {
  const texts = new Map(Object.entries(kept).map(([name, value]) => [name, JSON.stringify(value)]));
  return {
    kept: (name, otherwise) => (texts.has(name) ? JSON.parse(texts.get(name)) : otherwise),
    keep: (name, value) => (value === null ? texts.delete(name) : texts.set(name, JSON.stringify(value))),
  };
}

/** A tab as it is loaded: with what was kept, at an address. */
export function tab({ store = shelf(), hash = "", operates = true } = {}) {
  const location = { hash };
  const sections = new Sections({ store, location });
  return { store, location, sections, people: new People({ store, location, sections, operates }) };
}

// The navigation: the address's fragment names the section; the back button works.

import { h } from "/app/static/parlour/look/dom.js";
import { t } from "/app/static/parlour/shell/facts.js";
import { attach } from "/app/static/parlour/shell/live.js";
import { people, sections, title } from "/app/static/parlour/page.js";
import { alt } from "/app/static/parlour/shell/shortcuts.js";

/** @param {import("/app/static/parlour/shell/live.js").Parts} parts */
export function render(parts) {
  /** @type {Map<string, HTMLAnchorElement>} */
  const links = new Map();
  let showing = "";
  const nav = h("nav", { "aria-label": t("nav.label"), class: "nav-links" });

  const follow = () => {
    const person = people.shown();
    const named = sections.named() ?? sections.last();
    const section = links.has(named) ? named : [...links.keys()][0];
    if (!section) return;
    if (!person && sections.named() !== section) history.replaceState(null, "", `#${section}`);
    sections.remember(section);
    for (const [id, link] of links) {
      if (id === section) link.setAttribute("aria-current", person ? "true" : "page");
      else link.removeAttribute("aria-current");
    }
    document.body.dataset.view = person ? "person" : "section";
    if (!person) title.of(links.get(section)?.textContent ?? "");
    if (section === showing) return;
    parts.model.send_msg({ t: "show", section });
    links.get(section)?.scrollIntoView({ block: "nearest", inline: "nearest" }); // a phone does not have room for all
    showing = section;
  };

  const keys = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) =>
    alt(`Digit${n}`, () => {
      const id = [...links.keys()][n - 1];
      if (id) location.hash = `#${id}`;
    }),
  );
  addEventListener("hashchange", follow);
  attach(parts, {
    on: {
      sections: (message) => {
        for (const { id, title: text } of message.sections) links.set(id, h("a", { href: `${location.pathname}${location.search}#${id}` }, text));
        sections.titles = [...links.values()].map((link) => link.textContent ?? "");
        nav.replaceChildren(...links.values());
        follow();
      },
    },
    stop: () => {
      removeEventListener("hashchange", follow);
      for (const end of keys) end();
    },
  });
  return nav;
}

export default { render };

// "Top pages": where the visitors are now, and what was viewed in the last hour.

import { h } from "/app/static/parlour/look/dom.js";
import { count, t } from "/app/static/parlour/shell/facts.js";
import { Awaited } from "/app/static/parlour/shell/awaited.js";
import { whole } from "/app/static/parlour/shell/page_titles.js";
import { titles } from "/app/static/parlour/page.js";
import { attach } from "/app/static/parlour/shell/live.js";

const MOST = 4;

/** @param {import("/app/static/parlour/shell/live.js").Parts} parts */
export function render(parts) {
  const list = h("ol", { class: "pages-now" });
  const empty = h("p", { class: "quiet", hidden: true }, t("top-pages.empty"));
  const element = h("section", { "aria-label": t("top-pages"), class: "top-pages-part" }, h("h2", { class: "quiet" }, t("top-pages")), list, empty);
  attach(parts, {
    views: {
      top_pages: ({ value }) => {
        titles.learn(value.pages);
        list.replaceChildren(...value.pages.slice(0, MOST).map(rowOf));
        empty.hidden = value.pages.length > 0;
      },
    },
    awaits: { top_pages: [new Awaited(element, "words", MOST)] },
  });
  return element;
}

/** @param {import("/app/static/parlour/wire.js").TopPage} page */
function rowOf(page) {
  const { now, views } = page;
  return h(
    "li",
    {},
    h("span", { class: "cut", title: whole(page) }, titles.said(page)),
    h(
      "b",
      { title: t("top-pages.now", { n: now }) },
      h("span", { "aria-hidden": "true" }, String(now)),
      h("span", { class: "unseen" }, t("top-pages.now", { n: now })),
    ),
    h("span", { class: "quiet" }, count("top-pages.views", views)),
  );
}

export default { render };

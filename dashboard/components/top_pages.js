// "Top pages": where the visitors are now, and what was viewed in the last hour.

import { h } from "/app/static/parlour/look/dom.js";
import { count, t } from "/app/static/parlour/shell/facts.js";
import { attach } from "/app/static/parlour/shell/live.js";

const MOST = 4;

/** @param {import("/app/static/parlour/shell/live.js").Parts} parts */
export function render(parts) {
  const list = h("ol", { class: "pages-now" });
  const empty = h("p", { class: "quiet" }, t("top-pages.empty"));
  attach(parts, {
    views: {
      top_pages: ({ value }) => {
        list.replaceChildren(...value.pages.slice(0, MOST).map(rowOf));
        empty.hidden = value.pages.length > 0;
      },
    },
  });
  return h("section", { "aria-label": t("top-pages"), class: "top-pages-part" }, h("h2", { class: "quiet" }, t("top-pages")), list, empty);
}

/** @param {import("/app/static/parlour/wire.js").TopPage} page */
function rowOf({ address, title, now, views }) {
  return h(
    "li",
    {},
    h("span", { class: "cut", title: address }, title || address),
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

// The Visitors List: everyone who ever came, a page at a time; "Online" is who is on the site now.

import { day, moment } from "/app/static/parlour/lists/cells.js";
import { h, icon } from "/app/static/parlour/look/dom.js";
import { t, visitorName } from "/app/static/parlour/shell/facts.js";
import { Fresh } from "/app/static/parlour/lists/fresh.js";
import { attach, Rows } from "/app/static/parlour/shell/live.js";
import { listenForMenu, moreButton } from "/app/static/parlour/shell/menu.js";
import { people, store } from "/app/static/parlour/page.js";
import { opens } from "/app/static/parlour/lists/opening.js";
import { Paged } from "/app/static/parlour/lists/paged.js";
import { exact } from "/app/static/parlour/shell/time.js";

/** @import { Badge, Place, Visitor, VisitorsTablePage } from "/app/static/parlour/wire.js" */

/** @type {VisitorsTablePage["sort"][]} */
const COLUMNS = ["name", "email", "seen", "visits", "first", "device", "address", "visitor"];

/** @param {import("/app/static/parlour/shell/live.js").Parts} parts */
export function render(parts) {
  /** @type {Rows<Badge | Place>} */
  const online = new Rows();
  /** @type {Map<string, {seen: HTMLElement, row: Visitor}>} */
  const shown = new Map();
  /** @type {Paged<VisitorsTablePage["sort"], Visitor>} */
  const table = new Paged({
    name: "visitors",
    caption: t("nav.visitors"),
    columns: COLUMNS.map((key) => ({ key, title: t(`visitors.${key}`), number: key === "visits" })),
    first: { sort: "seen", desc: true, text: "", offset: 0 },
    descending: ["seen", "visits", "first"],
    search: t("visitors.search"),
    draw: (row) => draw(row),
    ask: (question) => parts.model.send_msg({ t: "page", ...question }),
    empty: (searched) => t(searched ? "visitors.none" : "visitors.empty"),
    store,
  });
  const fresh = new Fresh(() => table.go());

  const drawSeen = (/** @type {{seen: HTMLElement, row: Visitor}} */ { seen, row }) => {
    const here = online.byId.get(row.visitor)?.here === true;
    if (here && seen.dataset.online !== "true") seen.replaceChildren(h("span", { class: "mark active" }, icon("person"), t("visitors.online")));
    else if (!here) seen.replaceChildren(h("time", { datetime: row.seen, title: exact(row.seen) }, moment(row.seen)));
    seen.dataset.online = String(here);
  };
  const draw = (/** @type {Visitor} */ row) => {
    const seen = h("td", { class: "is-time" });
    shown.set(row.visitor, { seen, row });
    drawSeen({ seen, row });
    return rowOf(row, seen);
  };

  attach(parts, {
    views: {
      visitors: (body) => {
        online.apply(body);
        shown.forEach(drawSeen);
      },
    },
    on: {
      rows: (message) => {
        if (message.seq !== table.seq) return;
        shown.clear();
        table.show(message.seq, message);
        fresh.answered(message.stale);
      },
      unavailable: (message) => {
        if (message.seq !== table.seq) return;
        table.awaited.end();
        fresh.failed(message.why, message.made);
      },
    },
    stop: () => fresh.stop(),
  });
  setTimeout(() => table.go()); // after "ready", with which Python's side begins anew
  return h("div", { class: "visitors-list" }, fresh.element, table.element);
}

/**
 * @param {Visitor} row
 * @param {HTMLElement} seen
 */
function rowOf(row, seen) {
  const view = () => people.open(row.visitor, { name: row.name, tab: "general" });
  const more = moreButton({ kind: "icon-button", label: t("actions.for", { visitor: visitorName(row.name, row.visitor) }) });
  const device = [row.browser, row.device && t(`device.${row.device}`)].filter(Boolean).join(", ") || "–";
  const element = h(
    "tr",
    { tabindex: "0" },
    h("th", { scope: "row", class: row.name ? "cut" : "cut quiet-name", title: row.name }, visitorName(row.name, row.visitor)),
    h("td", { class: "cut", title: row.email }, row.email ?? "–"),
    seen,
    h("td", { class: "number" }, row.visits.toLocaleString()),
    h("td", { class: "is-day", title: exact(row.first) }, day(row.first)),
    h("td", { class: "cut" }, device),
    h("td", { class: "cut" }, row.address ?? "–"),
    h("td", { class: "is-id", title: row.visitor }, row.visitor),
    h("td", { class: "acts" }, more),
  );
  listenForMenu(
    { row: element, more, anchor: element },
    () => [{ label: t("menu.profile"), run: view }],
    () => visitorName(row.name, row.visitor),
  );
  opens(element, view);
  element.addEventListener("keydown", (event) => event.key === "Enter" && event.target === element && view());
  return element;
}

export default { render };

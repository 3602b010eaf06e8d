// Who is on the site now: a badge each. Badges stand in the server's order, and hold still under the pointer; only those in
// sight are in the document.

import { opens } from "/app/static/parlour/lists/opening.js";
import { h, icon } from "/app/static/parlour/look/dom.js";
import { short } from "/app/static/parlour/shell/addresses.js";
import { count, t, visitorName } from "/app/static/parlour/shell/facts.js";
import { withWords } from "/app/static/parlour/lists/first_words.js";
import { Awaited } from "/app/static/parlour/shell/awaited.js";
import { attach } from "/app/static/parlour/shell/live.js";
import { listenForMenu, moreButton, openMenu } from "/app/static/parlour/shell/menu.js";
import { people, titles, why } from "/app/static/parlour/page.js";
import { whole } from "/app/static/parlour/shell/page_titles.js";
import { stateSign } from "/app/static/parlour/lists/states.js";
import { Windowed } from "/app/static/parlour/lists/windowed.js";
import { exact, since, ticking } from "/app/static/parlour/shell/time.js";

/** @import { Badge } from "/app/static/parlour/wire.js" */

/** @param {import("/app/static/parlour/shell/live.js").Parts} parts */
export function render(parts) {
  const list = h("ul", { class: "badges", "aria-label": t("board.label") });
  const empty = h("p", { class: "empty", hidden: true }, t("board.empty"));
  const element = h("div", { class: "board" }, list, empty);
  const awaited = new Awaited(element, "badges", 8);
  let known = false;
  /** @type {Windowed<Badge>} */
  const board = new Windowed(list, {
    here: (row) => "may" in row,
    see: (ids) => parts.model.send_msg({ t: "see", ids }),
    make: frame,
    fill,
    drawn: (count) => (empty.hidden = !known || count > 0),
  });
  const stop = ticking(list);
  attach(parts, {
    views: {
      visitors: (body) => {
        known = true;
        if (titles.learn(/** @type {Badge[]} */ ([...(body.all ?? []), ...(body.set ?? [])]))) board.renew();
        board.apply(body);
      },
    },
    awaits: { visitors: [awaited] },
    stop: () => {
      stop();
      board.end();
    },
  });
  return element;
}

/**
 * Let a badge say what is known of its visitor.
 * @param {HTMLElement} element
 * @param {Badge} row
 */
function fill(element, row) {
  element.classList.toggle("lost", !row.here);
  element.classList.toggle("asleep", row.asleep);
  element.dataset.state = row.state ?? "";
  element.dataset.engage = String(row.may.includes("engage"));
  element.dataset.name = row.name ?? "";
  const body = /** @type {HTMLElement} */ (element.firstElementChild);
  const page = titles.said(row);
  body.ariaLabel = [visitorName(row.name, row.id), page, stateOf(row)].filter(Boolean).join(", ");
  /** @type {HTMLElement} */ (element.lastElementChild).ariaLabel = t("actions.for", { visitor: visitorName(row.name, row.id) });
  body.replaceChildren(...content(row));
}

/**
 * A badge's frame, with what it does; it stays when the content changes.
 * @param {string} visitor
 */
function frame(visitor) {
  const name = () => element.dataset.name || null;
  const view = () => people.open(visitor, { name: name(), tab: "general" });
  const invite = () => people.open(visitor, { name: name(), tab: "live", invite: true });
  const more = moreButton();
  more.tabIndex = -1;
  const items = () => [
    { label: t("menu.profile"), run: view },
    ...(element.dataset.engage === "true" ? [{ label: t("invite"), run: invite }] : []),
    ...(element.dataset.state ? [{ label: t("why"), run: () => why.ofVisitor(visitor, label()) }] : []),
  ];
  const label = () => visitorName(name(), visitor);
  const body = h("div", { class: "badge-body stop", tabindex: "-1", role: "group" });
  const element = h("li", { class: "badge" }, body, more);
  listenForMenu({ row: element, more, anchor: body }, items, label);
  opens(body, view);
  body.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault(); // else this very key would choose the menu's first item
    openMenu(body, items(), { label: label() });
  });
  return element;
}

/**
 * @param {Badge} row
 * @returns {HTMLElement[]}
 */
function content(row) {
  const marks = h("p", { class: "marks" }, ...marksOf(row));
  const page = h("p", { class: "page", title: whole(row) }, titles.said(row));
  const came = [row.referrer, row.campaign].filter((one) => one !== null);
  const from = came.length
    ? h("p", { class: "quiet cut", title: came.join(" · ") }, t("visitor.from", { referrer: came.map(short).join(" · ") }))
    : h("p", { class: "quiet" }, t("visitor.direct"));
  const time = h("p", { class: "quiet" }, since(row.since), " · ", count("visitor.visits", row.visits));
  const device = row.browser ? `${row.browser}, ${t(`device.${row.device}`)}` : t(`device.${row.device}`);
  const place = [device, row.origin].filter(Boolean).join(" · ");
  return [
    h("p", { class: "who" }, h("strong", {}, visitorName(row.name, row.id))),
    page,
    marks,
    from,
    time,
    h("p", { class: "quiet cut", title: place }, place),
  ];
}

/** In which conversation they are, in words. @param {Badge} row */
const stateOf = (row) => (row.state && row.state !== "invited" ? t(`visitor.state.${row.state}`, { operator: row.operator ?? "–" }) : "");

/**
 * What is to be known at a glance.
 * @param {Badge} row
 */
function* marksOf(row) {
  const said = stateOf(row);
  if (said) yield h("span", { class: `mark ${row.state}`, title: withWords(said, row.words) }, stateSign(row.state ?? ""), h("span", { class: "cut" }, said));
  const { invitation } = row;
  if (invitation && (!row.state || row.state === "invited")) {
    const said = t(`token.${invitation.state}`, { operator: invitation.by });
    yield h(
      "span",
      { class: `mark token ${invitation.state}`, title: `${said} (${exact(invitation.at)})` },
      icon(invitation.state === "invited" ? "chat" : invitation.state === "refused" ? "close" : "clock"),
      h("span", { class: "cut" }, said),
    );
  }
  if (row.messages)
    yield h(
      "span",
      { class: "mark", title: count("visitor.messages", row.messages) },
      icon("mail"),
      h("span", { class: "unseen" }, count("visitor.messages", row.messages)),
      h("span", { "aria-hidden": "true" }, String(row.messages)),
    );
  if (row.left) yield h("span", { class: "mark" }, icon("away"), t("visitor.left"), " ", since(row.left, "ago"));
  else if (row.asleep) yield h("span", { class: "mark" }, icon("sleep"), t("visitor.asleep"));
}

export default { render };

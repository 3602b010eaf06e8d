// Communication Overview: the figures, three lists and the operators now.

import { moment } from "/app/static/parlour/lists/cells.js";
import { h, icon } from "/app/static/parlour/look/dom.js";
import { count, me, t, visitorName } from "/app/static/parlour/shell/facts.js";
import { wordsLine } from "/app/static/parlour/lists/first_words.js";
import { Figures } from "/app/static/parlour/lists/figures.js";
import { marks, standing } from "/app/static/parlour/chat/standing.js";
import { Keyed } from "/app/static/parlour/lists/keyed.js";
import { disc } from "/app/static/parlour/people/disc.js";
import { Places } from "/app/static/parlour/lists/places.js";
import { Awaited } from "/app/static/parlour/shell/awaited.js";
import { attach } from "/app/static/parlour/shell/live.js";
import { listenForMenu, moreButton } from "/app/static/parlour/shell/menu.js";
import { people, titles, why } from "/app/static/parlour/page.js";
import { whole } from "/app/static/parlour/shell/page_titles.js";
import { refusal } from "/app/static/parlour/shell/refusal.js";
import { availability, marked, stateSign } from "/app/static/parlour/lists/states.js";
import { opens } from "/app/static/parlour/lists/opening.js";
import { short } from "/app/static/parlour/shell/addresses.js";
import { holdStill } from "/app/static/parlour/lists/still.js";
import { exact, hour, since, ticking, until } from "/app/static/parlour/shell/time.js";

/** @import { Standing } from "/app/static/parlour/chat/standing.js" */
/** @import { Deed } from "/app/static/parlour/shell/live.js" */
/** @import { LeftMessage, OperatorNow, TableOf, OwnConversation, Waiting } from "/app/static/parlour/wire.js" */
/** @typedef {{id: string, visitor: string, name: string | null}} Person whom a row is of */

/** @param {import("/app/static/parlour/shell/live.js").Parts} parts */
export function render(parts) {
  const problem = h("p", { role: "alert", class: "problem" });
  const act = async (/** @type {Deed} */ deed) => {
    problem.replaceChildren();
    const outcome = await ask(deed);
    if (outcome.outcome === "refused") problem.replaceChildren(...refusal(outcome));
    return outcome.outcome === "done";
  };
  const accept = async (/** @type {Person} */ row) => {
    if (await act({ t: "accept", conversation: row.id })) live(row);
  };
  const mark = (/** @type {LeftMessage} */ row, /** @type {Standing} */ state) => act({ t: "mark", conversation: row.id, state });
  const read = (/** @type {Person} */ row) => people.open(row.visitor, { name: row.name, tab: "messages" });
  const readyAgain = () => act({ t: "ready-again" });
  const live = (/** @type {Person} */ row) => people.open(row.visitor, { name: row.name, tab: "live", conversation: row.id });
  const mine = listOf(
    "mine",
    (/** @type {OwnConversation} */ row) => row.waiting_since ?? `~${row.since}`, // who waits longest first
    (row) => mineRow(row, live),
  );
  const queue = listOf(
    "queue",
    (/** @type {Waiting} */ row) => row.turn,
    (row) => queueRow(row, live, accept),
  );
  const messages = listOf(
    "messages",
    (/** @type {LeftMessage} */ row) => `${row.state === "open" ? 0 : 1}${row.at}`,
    (row) => messageRow(row, read, mark),
  );
  const operators = listOf(
    "operators",
    (/** @type {OperatorNow} */ row) => row.name,
    (row) => operatorRow(row, readyAgain),
    1,
  );
  const figures = new Figures();
  const view = h(
    "div",
    { class: "lists" },
    figures.element,
    problem,
    h("div", { class: "columns" }, mine.element, queue.element, messages.element),
    operators.element,
  );
  /** @template {TableOf<OwnConversation> | TableOf<Waiting>} B @param {(body: B) => void} apply @returns {(body: B) => void} */
  const learned = (apply) => (body) => {
    titles.learn([...(body.all ?? []), ...(body.set ?? [])]);
    apply(body);
  };
  const stop = ticking(view, () => figures.tick());
  const ask = attach(parts, {
    views: {
      mine: learned(mine.apply),
      queue: learned(queue.apply),
      messages: messages.apply,
      operators: operators.apply,
      overview: ({ value }) => figures.show(value),
      first_responses: ({ value }) => figures.answer(value),
    },
    awaits: {
      mine: [mine.awaited],
      queue: [queue.awaited],
      messages: [messages.awaited],
      operators: [operators.awaited],
      overview: [new Awaited(figures.element)],
    },
    stop,
  });
  return view;
}

/**
 * A region with a heading, a list and what it says while it is empty.
 * @template {{id: string}} R
 * @param {string} key
 * @param {(row: R) => string | null} order
 * @param {(row: R) => HTMLElement} rowOf
 * @param {number} [many] rows for which there is room while they are not known
 */
function listOf(key, order, rowOf, many = 3) {
  /** @type {Places<R>} */
  const places = new Places((row) => order(row) ?? "~");
  const list = h("ul", { class: `rows ${key}` });
  const empty = h("p", { class: "empty small" }, t(`overview.${key}.empty`));
  const number = h("span", { class: "count", "aria-hidden": "true" });
  const element = h(
    "section",
    { class: `panel ${key}`, role: "region", "aria-label": t(`overview.${key}`) },
    h("h2", {}, t(`overview.${key}`), number),
    list,
    empty,
  );
  empty.hidden = true;
  const awaited = new Awaited(element, many > 1 ? "rows" : "cells", many);
  const rows = new Keyed(list, (id) => rowOf(/** @type {R} */ (places.rows.get(id))));
  const draw = () => {
    if (!places.held && places.loose()) places.sweep();
    rows.show(places.ids);
    for (const [id, row] of rows.elements) row.classList.toggle("gone", places.gone.has(id));
    const present = places.ids.length - places.gone.size;
    empty.hidden = places.ids.length > 0;
    number.textContent = present ? String(present) : "";
  };
  holdStill(list, places, draw);
  const apply = (/** @type {TableOf<R>} */ body) => {
    for (const id of places.apply(body).changed) rows.renew(id);
    draw();
  };
  return { element, apply, awaited };
}

/**
 * A row that opens something by a click, and by Enter.
 * @param {() => void} open
 * @param {string} name
 * @param {...(Node | string | null | false)} children
 */
function openable(open, name, ...children) {
  const body = h("div", { class: "row-body", tabindex: "0", role: "group", "aria-label": name }, ...children);
  opens(body, open);
  body.addEventListener("keydown", (event) => event.key === "Enter" && open());
  return body;
}

/**
 * @param {OwnConversation} row
 * @param {(row: OwnConversation) => void} live
 */
function mineRow(row, live) {
  const waiting = row.waiting_since
    ? h("span", { class: "mark waiting" }, icon("clock"), t("overview.waiting-since"), " ", since(row.waiting_since, "clock"))
    : h("span", { class: "mark active" }, icon("chat"), t("overview.answered"));
  const state = marked(row.state) && h("span", { class: "mark" }, stateSign(row.state), t(`visitor.state.${row.state}`));
  const unread =
    row.unread > 0 &&
    h(
      "span",
      { class: "unread" },
      h("span", { "aria-hidden": "true" }, String(row.unread)),
      h("span", { class: "unseen" }, count("people.unread", row.unread)),
    );
  const last = row.last && h("p", { class: "quiet cut" }, row.last.author === "operator" ? t("overview.you", { text: row.last.text }) : row.last.text);
  return h(
    "li",
    { class: "row" },
    openable(
      () => live(row),
      visitorName(row.name, row.visitor),
      h(
        "p",
        { class: "who" },
        disc(row.name, row.visitor),
        h("strong", {}, visitorName(row.name, row.visitor)),
        unread,
        !row.here && h("span", { class: "mark lost" }, icon("away"), t("visitor.lost")),
      ),
      h("p", { class: "quiet facts" }, row.department, " · ", titles.said(row) || "–"),
      last || null,
      h("p", { class: "marks" }, waiting, state),
    ),
  );
}

/**
 * @param {Waiting} row
 * @param {(row: Waiting) => void} live
 * @param {(row: Waiting) => void} accept
 */
function queueRow(row, live, accept) {
  const status =
    row.status === "offered" ? t("queue.offered", { operator: row.offered_to ?? "–" }) : t(`queue.reason.${row.reason}`, { operator: row.by ?? "–" });
  const body = openable(
    () => live(row),
    visitorName(row.name, row.visitor),
    h(
      "p",
      { class: "who" },
      disc(row.name, row.visitor),
      h("strong", {}, visitorName(row.name, row.visitor)),
      h("span", { class: "quiet" }, t("queue.place", { n: row.place, department: row.department })),
    ),
    h("p", { class: "page", title: whole(row) }, titles.said(row) || "–"),
    h(
      "p",
      { class: "quiet cut", title: row.referrer ?? "" },
      row.referrer ? t("visitor.from", { referrer: short(row.referrer) }) : t("visitor.direct"),
      " · ",
      count("visitor.visits", row.visits),
    ),
    h(
      "p",
      { class: "marks" },
      h("span", { class: "mark waiting" }, icon("clock"), since(row.waits_since, "clock")),
      h("span", { class: "quiet" }, t("queue.since", { at: hour(row.since) })),
    ),
    wordsLine(row.words),
    h("p", { class: "quiet cut" }, status),
  );
  const deed = deedButton(t("ring.accept"), row, () => accept(row));
  return withMenu(body, deed, row, () => [
    { label: t("ring.accept"), run: () => accept(row) },
    { label: t("menu.profile"), run: () => live(row) },
    { label: t("why"), run: () => why.open(row.id, visitorName(row.name, row.visitor)) },
  ]);
}

/**
 * The one thing that is mostly done with a row: in sight, not in the menu alone.
 * @param {string} label
 * @param {Person} row
 * @param {() => void} run
 */
const deedButton = (label, row, run) =>
  h("button", { type: "button", class: "plain deed", "aria-description": visitorName(row.name, row.visitor), onclick: run }, label);

/**
 * A row with a menu: by right click, and by its "⋯".
 * @param {HTMLElement} body
 * @param {HTMLElement | null} deed
 * @param {Person} row
 * @param {() => import("/app/static/parlour/shell/menu.js").Item[]} items
 * @param {string} [kind]
 */
function withMenu(body, deed, row, items, kind = "") {
  const more = moreButton({ label: t("actions.for", { visitor: visitorName(row.name, row.visitor) }) });
  const item = h("li", { class: `row ${kind}` }, body, deed, more);
  listenForMenu({ row: item, more, anchor: body }, items, () => visitorName(row.name, row.visitor));
  return item;
}

/**
 * @param {LeftMessage} row
 * @param {(row: LeftMessage) => void} read
 * @param {(row: LeftMessage, state: Standing) => void} mark
 */
function messageRow(row, read, mark) {
  const body = openable(
    () => read(row),
    visitorName(row.name, row.visitor),
    h(
      "p",
      { class: "who" },
      h("strong", {}, visitorName(row.name, row.visitor)),
      h("time", { class: "quiet", datetime: row.at, title: exact(row.at) }, moment(row.at)),
    ),
    h("p", { class: "quiet cut" }, row.email ?? "–", " · ", row.department),
    row.subject && h("p", {}, h("b", {}, row.subject)),
    h("p", { class: "text" }, row.text ?? "–"),
    h("p", { class: "marks" }, standing(row.state), row.by && h("span", { class: "quiet" }, t("left.by", { operator: row.by }))),
  );
  const [next] = marks(row.may);
  return withMenu(
    body,
    next ? deedButton(t(`left.mark.${next}`), row, () => mark(row, next)) : null,
    row,
    () => [
      ...marks(row.may).map((state) => ({ label: t(`left.mark.${state}`), run: () => mark(row, state) })),
      { label: t("menu.profile"), run: () => read(row) },
    ],
    "message",
  );
}

/**
 * @param {OperatorNow} row
 * @param {() => void} readyAgain
 */
function operatorRow(row, readyAgain) {
  const dots = h("span", { class: "load", role: "img", "aria-label": t("operator.load", { n: row.chats, max: row.max_chats }) });
  for (let n = 0; n < Math.max(row.max_chats, row.chats); n += 1) dots.append(h("i", { class: n < row.chats ? "full" : "" }));
  const resting = row.state === "wrap-up";
  return h(
    "li",
    { class: "colleague", "data-state": row.state },
    h("strong", {}, row.name),
    h("span", { class: "state", "data-state": row.state }, availability(row), resting && " ", resting && until(row.wrap_up_until)),
    resting && row.id === me.id && h("button", { type: "button", class: "plain", onclick: readyAgain }, t("live-help.ready")),
    dots,
    h("span", { class: "quiet cut" }, row.departments.join(", ") || "–"),
  );
}

export default { render };

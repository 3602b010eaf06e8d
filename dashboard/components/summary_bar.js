// "Communication Summary": what is in progress, what waits, and the latest lines of my chats, under every section.

import { h, icon, renew, setText } from "/app/static/parlour/look/dom.js";
import { count, t, visitorName } from "/app/static/parlour/shell/facts.js";
import { disc } from "/app/static/parlour/people/disc.js";
import { attach, Rows } from "/app/static/parlour/shell/live.js";
import { next, people, store } from "/app/static/parlour/page.js";
import { refusal } from "/app/static/parlour/shell/refusal.js";
import { alt } from "/app/static/parlour/shell/shortcuts.js";
import { marked, stateSign } from "/app/static/parlour/lists/states.js";
import { exact, since, ticking } from "/app/static/parlour/shell/time.js";

/** @import { LeftMessage, TableOf, OwnConversation, Waiting } from "/app/static/parlour/wire.js" */

const ROLLED = "summary.rolled";
const WAITS_NO_MORE = new Set(["taken", "ended", "not-offered", "unknown-conversation"]);

/** @param {import("/app/static/parlour/shell/live.js").Parts} parts */
export function render(parts) {
  /** @type {Rows<OwnConversation>} */
  const mine = new Rows();
  /** @type {Rows<Waiting>} */
  const queue = new Rows();
  /** @type {Rows<LeftMessage>} */
  const leftMessages = new Rows();
  const progress = part("summary.progress");
  const chats = part("summary.chats", () => nextChat());
  const left = part("summary.messages", () => nextLeftMessage());
  const problem = h("span", { role: "alert", class: "problem" });
  const lines = h("ul", { class: "latest", "aria-label": t("summary.latest") });
  const roll = h("button", { type: "button", class: "icon-button roll", onclick: () => fold(!rolled) }, icon("last"));
  const bar = h("div", { class: "summary" }, progress.element, chats.element, left.element, problem, lines, roll);
  let rolled = store.kept(ROLLED, false);
  let busy = false;

  const fold = (/** @type {boolean} */ on) => {
    rolled = on;
    store.keep(ROLLED, on || null);
    bar.dataset.rolled = String(on);
    roll.setAttribute("aria-expanded", String(!on));
    roll.setAttribute("aria-label", t("summary.roll"));
    roll.title = t(on ? "summary.unroll" : "summary.roll");
  };
  const draw = () => {
    progress.show(mine.byId.size);
    chats.show(queue.byId.size, queue.by((row) => row.waits_since)[0]?.waits_since);
    left.show(unanswered().length);
    renew(lines, latest(mine));
  };
  const unanswered = () => leftMessages.by((row) => row.at).filter((row) => row.state === "open");

  const nextChat = () => {
    if (!busy) accept();
    return true;
  };
  /** Open and accept who waits longest; taken by a colleague or gone in the same moment: the one after. */
  const accept = async () => {
    busy = true;
    problem.replaceChildren();
    for (const row of queue.by((row) => row.turn)) {
      const outcome = await ask({ t: "accept", conversation: row.id });
      if (outcome.outcome === "refused" && WAITS_NO_MORE.has(outcome.reason)) continue;
      if (outcome.outcome === "done") people.open(row.visitor, { name: row.name, tab: "live", conversation: row.id });
      else problem.replaceChildren(...refusal(outcome));
      break;
    }
    busy = false;
  };
  const nextLeftMessage = () => {
    const row = unanswered()[0];
    if (row) people.open(row.visitor, { name: row.name, tab: "messages" });
    return Boolean(row);
  };

  fold(rolled);
  const sources = [next.from(2, () => queue.byId.size > 0 && nextChat()), next.from(3, () => nextLeftMessage())];
  const ends = [alt("KeyN", () => next.take()), ...sources];
  const stop = ticking(bar);
  /** @template {{id: string}} R @param {Rows<R>} rows @returns {(body: TableOf<R>) => void} */
  const into = (rows) => (body) => {
    rows.apply(body);
    draw();
  };
  const ask = attach(parts, {
    views: { mine: into(mine), queue: into(queue), messages: into(leftMessages) },
    stop: () => {
      stop();
      for (const end of ends) end();
    },
  });
  return bar;
}

/**
 * A count with its word, and "Next" where there is a queue behind it.
 * @param {string} key
 * @param {(() => void) | undefined} [next]
 */
function part(key, next) {
  const number = h("b", {}, "–");
  const clock = h("span", { class: "mark waiting", hidden: true });
  const button = next && h("button", { type: "button", class: "plain next", onclick: next, disabled: true }, t("summary.next"));
  const element = h(
    "div",
    { role: "group", "aria-label": t(key), class: "part", title: next ? t("summary.scope") : null },
    h("span", { "aria-hidden": next ? "true" : null }, t(key)),
    number,
    clock,
    button ?? null,
  );
  const show = (/** @type {number} */ n, /** @type {string | undefined} */ longest = undefined) => {
    setText(number, String(n));
    element.dataset.some = String(n > 0);
    if (button) {
      button.disabled = n === 0;
      button.setAttribute("aria-description", count("summary.waiting", n));
    }
    if ((clock.dataset.of ?? "") !== (longest ?? "")) clock.replaceChildren(icon("clock"), since(longest ?? null, "clock"));
    clock.dataset.of = longest ?? "";
    clock.hidden = !longest;
  };
  return { element, show };
}

/**
 * The latest line of each of my chats, the newest first.
 * @param {Rows<OwnConversation>} mine
 */
function latest(mine) {
  return mine
    .by((row) => row.last?.at ?? row.since)
    .reverse()
    .map((row) => {
      const open = (/** @type {Event} */ event) => {
        event.preventDefault();
        people.open(row.visitor, { name: row.name, tab: "live", conversation: row.id });
      };
      const said = row.last ? (row.last.author === "operator" ? t("overview.you", { text: row.last.text }) : row.last.text) : t("summary.silent");
      return h(
        "li",
        { "data-of": row.id },
        h(
          "a",
          { href: people.address(row.visitor), onclick: open, title: row.last ? exact(row.last.at) : null },
          disc(row.name, row.visitor),
          h("b", {}, visitorName(row.name, row.visitor)),
          row.waiting_since && h("span", { class: "mark waiting", title: t("overview.waiting-since") }, since(row.waiting_since, "clock")),
          h("span", { class: "cut said" }, marked(row.state) && stateSign(row.state), said),
          row.unread > 0 && h("span", { class: "unread", "aria-label": count("people.unread", row.unread) }, String(row.unread)),
        ),
      );
    });
}

export default { render };

// "Incoming chat request": the oldest one as a card, the others behind "and 2 more". It stands between the bars and the
// work, never over it, and never takes the focus.

import { sayWords, wordsLine } from "/app/static/parlour/lists/first_words.js";
import { arrange, focused, focusHeading, h, icon, setText } from "/app/static/parlour/look/dom.js";
import { short } from "/app/static/parlour/shell/addresses.js";
import { count, t, visitorName } from "/app/static/parlour/shell/facts.js";
import { disc } from "/app/static/parlour/people/disc.js";
import { whole } from "/app/static/parlour/shell/page_titles.js";
import { attach, Rows } from "/app/static/parlour/shell/live.js";
import { bell, next, notices, people, title, titles, why } from "/app/static/parlour/page.js";
import { refusal } from "/app/static/parlour/shell/refusal.js";
import { alt } from "/app/static/parlour/shell/shortcuts.js";
import { since, ticking } from "/app/static/parlour/shell/time.js";

/** @import { Refused, Ring } from "/app/static/parlour/wire.js" */

/** @param {import("/app/static/parlour/shell/live.js").Parts} parts */
export function render(parts) {
  /** @type {Rows<Ring>} */
  const rows = new Rows();
  /** @type {Map<string, {element: HTMLElement, closed: string | null}>} */
  const cards = new Map();
  /** @type {Set<string>} Requests answered here. */
  const answered = new Set();
  const muted = h("p", { class: "quiet muted", hidden: true }, icon("bell"), t("ring.muted"));
  // What is read out: who, and where, once for each. The clocks of the cards stand outside of it.
  const said = h("p", { role: "status", class: "hidden" });
  let unfolded = false;
  const more = h("button", { type: "button", class: "plain more-rings", "aria-expanded": "false", hidden: true, onclick: () => unfold(!unfolded) });
  const stack = h("div", { class: "ring-stack", "data-ringing": "false", "data-beeps": "0" });
  const room = new ResizeObserver(() => document.documentElement.style.setProperty("--ring-room", `${stack.offsetHeight}px`));
  room.observe(stack);
  bell.listen(window);
  bell.played = (beeps) => {
    stack.dataset.beeps = String(beeps);
    muted.hidden = true;
  };

  /** @type {HTMLElement | null} What had the focus before the stack did. */
  let before = null;
  const watch = () => {
    const element = focused();
    if (element instanceof HTMLElement && !stack.contains(element)) before = element;
  };
  document.addEventListener("focusin", watch);
  const giveBack = () => {
    if (before?.isConnected) before.focus();
    else focusHeading();
  };

  /** Those that ring and are not answered here, the oldest first. */
  const openOnes = () => rows.by((row) => row.since).filter((row) => !row.closed && !answered.has(row.id));
  const draw = () => {
    const shown = rows.by((row) => row.since).filter((row) => !answered.has(row.id) && !(row.closed && row.own));
    for (const id of [...cards.keys()]) if (!shown.some((row) => row.id === id)) cards.delete(id);
    for (const row of shown) {
      const card = cards.get(row.id);
      if (card && !row.closed) sayWords(card.element, row.words);
      if (card?.closed === row.closed) continue;
      cards.set(row.id, { element: row.closed ? closedCard(row) : openCard(row, answer), closed: row.closed });
    }
    const held = stack.contains(focused());
    const open = openOnes();
    const others = open.slice(1);
    unfolded &&= others.length > 0;
    more.hidden = others.length === 0;
    more.setAttribute("aria-expanded", String(unfolded));
    setText(more, t("ring.more", { n: others.length }));
    const stopped = shown.filter((row) => row.closed);
    const elements = [...stopped, ...open.slice(0, 1)].map(cardOf);
    arrange(stack, [said, ...elements, more, ...(unfolded ? others.map(cardOf) : []), muted]);
    if (held && !stack.contains(focused())) giveBack(); // its request is open no more
    for (const [n, row] of open.entries()) {
      const key = cards.get(row.id)?.element.querySelector("kbd");
      if (key) key.hidden = n > 0; // it answers the oldest alone
    }
    const ringing = open.length > 0;
    title.waits("rings", open.length);
    stack.dataset.ringing = String(ringing);
    bell.ring(ringing);
    muted.hidden = !ringing || bell.audible;
  };

  const cardOf = (/** @type {Ring} */ row) => /** @type {{element: HTMLElement}} */ (cards.get(row.id)).element;
  const unfold = (/** @type {boolean} */ on) => {
    unfolded = on;
    draw();
  };

  const answer = async (/** @type {Ring} */ row, /** @type {"accept" | "decline" | "queue"} */ how) => {
    const card = cards.get(row.id)?.element;
    const held = card?.contains(focused());
    for (const button of card?.querySelectorAll("button") ?? []) button.disabled = true;
    const outcome = await ask({ t: how, conversation: row.id });
    if (outcome.outcome === "refused" && outcome.reason !== "taken") return refused(row, outcome, held ? how : null);
    if (outcome.outcome === "refused") rows.byId.set(row.id, { ...row, closed: "taken", by: outcome.by ?? null });
    else answered.add(row.id);
    draw();
    if (held && (!focused() || focused() === document.body)) giveBack();
    if (outcome.outcome === "done" && how === "accept") people.open(row.visitor, { name: row.name, tab: "live", conversation: row.id });
  };
  const refused = (/** @type {Ring} */ row, /** @type {Refused} */ outcome, /** @type {string | null} */ held) => {
    const card = cards.get(row.id)?.element;
    for (const button of card?.querySelectorAll("button") ?? []) button.disabled = false;
    if (held) /** @type {HTMLElement | null} */ (card?.querySelector(`[data-how="${held}"]`) ?? null)?.focus();
    card?.querySelector("[role=alert]")?.replaceChildren(...refusal(outcome));
  };

  /** Accept the request that rings longest; false where none does. */
  const acceptFirst = () => {
    const row = openOnes()[0];
    const button = row && cards.get(row.id)?.element.querySelector("[data-how=accept]");
    if (row && button instanceof HTMLButtonElement && !button.disabled) answer(row, "accept");
    return Boolean(row);
  };
  const ends = [ticking(stack), alt("KeyA", acceptFirst), next.from(1, acceptFirst)];
  const ask = attach(parts, {
    views: {
      rings: (body) => {
        const before = new Set([...rows.byId.values()].filter((row) => !row.closed).map((row) => row.id));
        rows.apply(body);
        tellOf(before, rows);
        const news = rows.by((row) => row.since).filter((row) => !row.closed && !before.has(row.id));
        if (news.length) setText(said, news.map(spoken).join(" "));
        else if (!openOnes().length) setText(said, "");
        for (const id of answered) if (!rows.byId.has(id)) answered.delete(id);
        // Offered again later, from the queue: it is a new ring under the same id.
        for (const row of [...(body.all ?? []), ...(body.set ?? [])]) if (!row.closed && !body.all) answered.delete(row.id);
        draw();
      },
    },
    stop: () => {
      for (const end of ends) end();
      bell.ring(false);
      room.disconnect();
      document.removeEventListener("focusin", watch);
    },
  });
  return stack;
}

/**
 * Tell who does not look of what rings now and did not before; take back what rings no more.
 * @param {Set<string>} before
 * @param {Rows<Ring>} rows
 */
function tellOf(before, rows) {
  for (const row of rows.byId.values()) {
    if (row.closed || before.has(row.id)) continue;
    notices.call({ title: t("ring.title"), body: [visitorName(row.name, row.visitor), row.department, row.title].filter(Boolean).join(" · "), tag: row.id });
  }
  for (const id of before) if (rows.byId.get(id)?.closed ?? true) notices.end(id);
}

/** Who asks, and where, as it is read out. @param {Ring} row */
const spoken = (row) => t("ring.said", { visitor: visitorName(row.name, row.visitor), page: titles.said(row) || "–" });

/**
 * @param {Ring} row
 * @param {(row: Ring, how: "accept" | "decline" | "queue") => void} answer
 */
function openCard(row, answer) {
  const button = (/** @type {"accept" | "decline" | "queue"} */ how, /** @type {string} */ kind) =>
    h("button", { type: "button", class: kind, "data-how": how, onclick: () => answer(row, how) }, t(`ring.${how}`));
  const who = `ring-${row.id}`;
  const facts = [
    row.referrer && t("visitor.from", { referrer: short(row.referrer) }),
    count("visitor.visits", row.visits),
    row.department,
    t(`mode.${row.mode}`),
  ];
  return h(
    "section",
    { role: "dialog", "aria-modal": "false", "aria-label": t("ring.title"), "aria-describedby": who, class: "ring" },
    h(
      "p",
      { class: "ring-head" },
      icon("bell"),
      h("span", {}, t("ring.title")),
      h("kbd", { "aria-hidden": "true", hidden: true }, "Alt A"),
      since(row.since, "clock"),
    ),
    h(
      "div",
      { class: "ring-of", id: who },
      h(
        "p",
        { class: "who" },
        disc(row.name, row.visitor),
        h("strong", {}, visitorName(row.name, row.visitor)),
        row.origin && h("span", { class: "quiet" }, row.origin),
      ),
      h("p", { class: "page", title: whole(row) }, titles.said(row) || "–"),
      wordsLine(row.words),
      h("p", { class: "quiet facts" }, facts.filter(Boolean).join(" · ")),
    ),
    h("p", { role: "alert", class: "problem" }),
    h(
      "div",
      { class: "actions" },
      button("accept", "primary"),
      button("decline", "plain"),
      row.may.includes("queue") && button("queue", "plain"),
      h("button", { type: "button", class: "quiet-button", onclick: () => why.open(row.id, visitorName(row.name, row.visitor)) }, t("why")),
    ),
  );
}

/** @param {Ring} row */
function closedCard(row) {
  const text = t(`ring.closed.${row.closed}`, { operator: row.by ?? t("ring.somebody") });
  return h(
    "section",
    { role: "status", class: "ring closed" },
    h("p", {}, h("strong", {}, visitorName(row.name, row.visitor))),
    h("p", { class: "quiet" }, text),
  );
}

export default { render };

// The work area of people: a strip with a tab for each, and the profile that the address names.

import { arrange, focused, focusHeading, h, icon, update } from "/app/static/parlour/look/dom.js";
import { count, t, visitorName } from "/app/static/parlour/shell/facts.js";
import { attach, Rows } from "/app/static/parlour/shell/live.js";
import { notices, people, sections, store, title, turning, why } from "/app/static/parlour/page.js";
import { disc } from "/app/static/parlour/people/disc.js";
import { PersonView } from "/app/static/parlour/people/person.js";
import { alt } from "/app/static/parlour/shell/shortcuts.js";
import { marked, stateSign } from "/app/static/parlour/lists/states.js";
import { since, ticking } from "/app/static/parlour/shell/time.js";

/** @import { LeftMessage, OwnConversation } from "/app/static/parlour/wire.js" */

/** @param {import("/app/static/parlour/shell/live.js").Parts} parts */
export function render(parts) {
  /** @type {Rows<OwnConversation>} */
  const mine = new Rows();
  /** @type {Rows<LeftMessage>} */
  const leftMessages = new Rows();
  /** @type {Map<string, PersonView>} */
  const views = new Map();
  const strip = h("ul", { class: "strip", "aria-label": t("people.label"), hidden: true });
  const closing = h(
    "li",
    { "data-of": "closing" },
    h("button", { type: "button", class: "quiet-button", onclick: () => closeEnded() }, t("people.close-ended")),
  );
  const profiles = h("div", { class: "profiles" });
  let shown = "";
  /** @type {string | undefined} Whose tab is in sight. */
  let inSight;

  const draw = () => {
    const open = people.all();
    for (const [visitor, view] of views) if (!people.find(visitor)) forget(visitor, view);
    for (const person of open) if (!views.has(person.visitor)) views.set(person.visitor, make(person.visitor));
    for (const person of open) views.get(person.visitor)?.follow(person.conversation);
    const now = people.shown()?.visitor ?? "";
    for (const [visitor, view] of views) {
      view.element.hidden = visitor !== now;
      if (view.element.hidden) view.look();
    }
    arrange(
      profiles,
      [...views.values()].map((view) => view.element),
    );
    const opened = now && people.wasOpened(now);
    if (opened || (now && now !== shown)) views.get(now)?.shown();
    else views.get(now)?.showTab();
    shown = now;
    if (now && people.toInvite(now)) views.get(now)?.invite();
    drawStrip();
  };
  const make = (/** @type {string} */ visitor) => {
    const view = new PersonView(visitor, {
      page: { people, notices, store, turning, why },
      send: (message) => parts.model.send_msg(message),
      ask,
      changed: drawStrip,
    });
    view.serve(new Set(mine.byId.keys()));
    for (const row of leftMessages.byId.values()) if (row.visitor === visitor) view.left.know(row.id);
    return view;
  };
  const forget = (/** @type {string} */ visitor, /** @type {PersonView} */ view) => {
    const row = mine.byId.get(view.conversation?.id ?? "");
    if (row) people.dismiss(row.id, row.number);
    view.close();
    views.delete(visitor);
  };
  const drawStrip = () => {
    const open = people.all();
    const now = people.shown()?.visitor;
    strip.hidden = open.length === 0;
    const section = t(`nav.${sections.last() || "monitor"}`);
    const back = h(
      "li",
      { "data-of": "back" },
      h(
        "a",
        { href: sections.home(), class: "back", "aria-current": now ? null : "page", "aria-label": t("people.back", { section }) },
        icon("previous"),
        h("span", {}, section),
      ),
    );
    const over = open.some((person) => views.get(person.visitor)?.ended);
    const tabs = open.map((person) => tabOf(person, views.get(person.visitor), person.visitor === now, mine));
    update(strip, [back, ...tabs, ...(over ? [closing] : [])]);
    if (now !== inSight) showTabOf(now); // who scrolls it then is left alone
    inSight = now;
    const unread = [...views.values()].reduce((sum, view) => sum + (view.conversation?.unread ?? 0), 0);
    if (now) title.of(visitorName(people.find(now)?.name, now));
    title.waits("unread", unread);
    document.body.dataset.unread = String(unread);
  };

  const showTabOf = (/** @type {string | undefined} */ visitor) =>
    [...strip.children].find((item) => item instanceof HTMLElement && item.dataset.of === visitor)?.scrollIntoView({ block: "nearest", inline: "nearest" });
  new ResizeObserver(() => showTabOf(inSight)).observe(strip);

  /** Close the tabs of all chats that have ended; who is shown goes on where their section is. */
  const closeEnded = () => {
    for (const { visitor } of [...people.all()]) if (views.get(visitor)?.ended) people.close(visitor);
    goOn();
  };

  /** Go on to the next tab with something unread. */
  const nextUnread = () => {
    const open = people.all();
    const at = open.findIndex((person) => person.visitor === shown);
    const next = [...open.slice(at + 1), ...open.slice(0, at + 1)].find((person) => (views.get(person.visitor)?.conversation?.unread ?? 0) > 0);
    if (next) people.open(next.visitor, { tab: "live" });
  };
  const keys = alt("KeyJ", nextUnread);
  const look = () => views.get(shown)?.look();
  const stopPeople = people.onChange(draw);
  addEventListener("hashchange", draw);
  document.addEventListener("visibilitychange", look);
  const area = h("div", { class: "people" }, strip, profiles);
  const stop = ticking(area);

  const ask = attach(parts, {
    views: {
      mine: (body) => {
        const before = new Map(mine.byId);
        const known = mine.known;
        mine.apply(body);
        for (const row of mine.byId.values()) people.serve(row);
        if (known) for (const row of body.set ?? []) tellOf(row, before.get(row.id));
        for (const view of views.values()) view.serve(new Set(mine.byId.keys()));
        drawStrip();
      },
      messages: (body) => {
        leftMessages.apply(body);
        for (const row of leftMessages.byId.values()) views.get(row.visitor)?.left.know(row.id);
      },
      visit: (body, message) => views.get(message.key)?.show(body.value),
      conversation: (body, message) => {
        for (const view of views.values()) {
          if (view.conversation?.id === message.key) view.conversation?.take(body);
          view.past.take(message.key, body);
          view.left.take(message.key, body);
        }
      },
    },
    on: {
      past: (known) => views.get(known.visitor)?.remember(known),
      "past-unavailable": ({ visitor, why }) => views.get(visitor)?.forgot(why),
      lost: ({ view, key, reason }) => {
        if (view === "visit") views.get(key)?.lost(reason);
        if (view === "conversation") for (const one of views.values()) one.lostChat(key, reason);
      },
    },
    stop: () => {
      stop();
      keys();
      stopPeople();
      removeEventListener("hashchange", draw);
      document.removeEventListener("visibilitychange", look);
    },
  });
  setTimeout(draw); // after "ready", with which Python's side begins anew
  return area;
}

/**
 * Tell who does not look of a new chat of theirs, and of what a visitor wrote.
 * @param {OwnConversation} row
 * @param {OwnConversation | undefined} before as it was, if it was
 */
function tellOf(row, before) {
  const { last } = row;
  const run = () => people.open(row.visitor, { name: row.name, tab: "live", conversation: row.id });
  const said = last?.author === "visitor" && last.at !== before?.last?.at;
  if (said) notices.call({ title: visitorName(row.name, row.visitor), body: last.text, tag: row.id, run });
  else if (!before) notices.call({ title: visitorName(row.name, row.visitor), body: t("notice.chat"), tag: row.id, run });
}

/** Close a tab. @param {string} visitor */
function close(visitor) {
  people.close(visitor);
  goOn();
}

/** Who closed a tab by its button goes on at the heading of what is shown then. */
function goOn() {
  if (!focused()?.matches(":focus") || focused() === document.body) focusHeading();
}

/**
 * @param {import("/app/static/parlour/people/people.js").Person} person
 * @param {PersonView | undefined} view
 * @param {boolean} now
 * @param {Rows<OwnConversation>} mine
 */
function tabOf(person, view, now, mine) {
  const unread = view?.conversation?.unread ?? 0;
  const ended = view?.ended;
  const name = visitorName(person.name, person.visitor);
  const row = mine.byId.get(view?.conversation?.id ?? "");
  const waiting = row?.waiting_since;
  const link = h(
    "a",
    {
      href: people.address(person.visitor),
      "aria-current": now ? "page" : null,
      title: [name, view?.onPage].filter(Boolean).join("\n"),
      "data-over": ended || null,
    },
    disc(person.name, person.visitor),
    h("span", { class: "name" }, name),
    ended && h("span", { class: "mark" }, t("people.ended")),
    row &&
      marked(row.state) &&
      h(
        "span",
        { class: "mark", title: t(`visitor.state.${row.state}`) },
        stateSign(row.state),
        h("span", { class: "unseen" }, t(`visitor.state.${row.state}`)),
      ),
    unread > 0 && h("span", { class: "unread", "aria-label": count("people.unread", unread) }, String(unread)),
    waiting && h("span", { class: "mark waiting" }, icon("clock"), since(waiting, "clock")),
  );
  const shut = h(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": t("people.close", { name }),
      title: t("close"),
      onclick: () => close(person.visitor),
    },
    icon("close"),
  );
  return h("li", { "data-of": person.visitor }, link, shut);
}

export default { render };

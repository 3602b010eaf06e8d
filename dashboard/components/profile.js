// The work area of people: a strip with a tab for each, and the profile that the address names.

import { arrange, h, icon } from "/app/static/parlour/dom.js";
import { count, t, visitorName } from "/app/static/parlour/facts.js";
import { attach, Rows } from "/app/static/parlour/live.js";
import { people, sections } from "/app/static/parlour/people.js";
import { PersonView } from "/app/static/parlour/person.js";
import { since, ticking } from "/app/static/parlour/time.js";

/** @param {import("/app/static/parlour/live.js").Parts} parts */
export function render(parts) {
  /** @type {Rows<any>} */
  const mine = new Rows();
  /** @type {Map<string, PersonView>} */
  const views = new Map();
  const strip = h("ul", { class: "strip", "aria-label": t("people.label"), hidden: true });
  const profiles = h("div", { class: "profiles" });
  let shown = "";

  const draw = () => {
    const open = people.all();
    for (const [visitor, view] of views) if (!people.find(visitor)) forget(visitor, view);
    for (const person of open) if (!views.has(person.visitor)) views.set(person.visitor, make(person.visitor));
    for (const person of open) views.get(person.visitor)?.follow(person.conversation);
    const now = people.shown()?.visitor ?? "";
    for (const [visitor, view] of views) view.element.hidden = visitor !== now;
    arrange(profiles, [...views.values()].map((view) => view.element));
    if (now && now !== shown) views.get(now)?.shown();
    else views.get(now)?.showTab();
    shown = now;
    drawStrip();
  };
  const make = (/** @type {string} */ visitor) => {
    const view = new PersonView(visitor, { send: (message) => parts.model.send_msg(message), ask, changed: drawStrip });
    view.serve(new Set(mine.byId.keys()));
    return view;
  };
  const forget = (/** @type {string} */ visitor, /** @type {PersonView} */ view) => {
    view.close();
    views.delete(visitor);
  };
  const drawStrip = () => {
    const open = people.all();
    const now = people.shown()?.visitor;
    strip.hidden = open.length === 0;
    const section = t(`nav.${sections.last() || "monitor"}`);
    const back = h("li", {}, h("a", { href: sections.home(), "aria-current": now ? null : "page", "aria-label": t("people.back", { section }) }, section));
    strip.replaceChildren(back, ...open.map((person) => tabOf(person, views.get(person.visitor), person.visitor === now, mine)));
    const unread = [...views.values()].reduce((sum, view) => sum + (view.conversation?.unread ?? 0), 0);
    if (now) heading(visitorName(people.find(now)?.name));
    document.body.dataset.unread = String(unread);
  };

  const look = () => views.get(shown)?.look();
  const stopPeople = people.onChange(draw);
  addEventListener("hashchange", draw);
  document.addEventListener("visibilitychange", look);
  const area = h("div", { class: "people" }, strip, profiles);
  const stop = ticking(area);

  const ask = attach(parts, {
    views: {
      mine: (body) => {
        mine.apply(body);
        for (const view of views.values()) view.serve(new Set(mine.byId.keys()));
        drawStrip();
      },
      visit: (body, message) => views.get(message.key)?.show(body.value),
      conversation: (body, message) => {
        for (const view of views.values()) {
          if (view.conversation?.id === message.key) view.conversation?.take(body);
          view.past.take(message.key, body);
        }
      },
    },
    on: {
      past: (message) => views.get(message.key)?.past.show(message.body),
      "past-unavailable": (message) => views.get(message.key)?.past.fresh.failed(message.why),
    },
    stop: () => {
      stop();
      stopPeople();
      removeEventListener("hashchange", draw);
      document.removeEventListener("visibilitychange", look);
    },
  });
  setTimeout(draw); // after "ready", with which Python's side begins anew
  return area;
}

/**
 * @param {import("/app/static/parlour/people.js").Person} person
 * @param {PersonView | undefined} view
 * @param {boolean} now
 * @param {Rows<any>} mine
 */
function tabOf(person, view, now, mine) {
  const unread = view?.conversation?.unread ?? 0;
  const waiting = mine.byId.get(view?.conversation?.id ?? "")?.waiting_since;
  const link = h("a", { href: people.address(person.visitor), "aria-current": now ? "page" : null }, h("span", {}, visitorName(person.name)),
    unread > 0 && h("span", { class: "unread", "aria-label": count("people.unread", unread) }, String(unread)), waiting && h("span", { class: "mark waiting" }, icon("clock"), since(waiting, "clock")));
  const close = h("button", { type: "button", class: "icon-button", "aria-label": t("people.close", { name: visitorName(person.name) }), title: t("close"), onclick: () => people.close(person.visitor) }, icon("close"));
  return h("li", {}, link, close);
}

/** @param {string} text */
function heading(text) {
  const element = document.getElementById("heading");
  if (element) element.textContent = text;
  document.title = `${text} · Parlour`;
}

export default { render };

// The head of the Reports: which report, its parameters (they are the address), the live tile, and the figures.

import { moment, said } from "/app/static/parlour/lists/cells.js";
import { h, icon, setText } from "/app/static/parlour/look/dom.js";
import { explainer } from "/app/static/parlour/reports/explain.js";
import { Awaited } from "/app/static/parlour/shell/awaited.js";
import { t } from "/app/static/parlour/shell/facts.js";
import { Fresh } from "/app/static/parlour/lists/fresh.js";
import { attach } from "/app/static/parlour/shell/live.js";
import { sections, store } from "/app/static/parlour/page.js";
import { OWN, Parameters } from "/app/static/parlour/reports/parameters.js";
import { exact, twelve } from "/app/static/parlour/shell/time.js";

/** @import { Figure, Looking, VisitsAMinute, WaitingTimes } from "/app/static/parlour/wire.js" */

const AGAIN = 15_000; // ms until a report that lasts until now is asked for again

/** @param {import("/app/static/parlour/shell/live.js").Parts} parts */
export function render(parts) {
  let seq = 0;
  let [address, shown] = ["", ""];
  const here = () => sections.named() === "reports";
  const look = () => {
    const asked = here() && location.hash !== "#reports" ? location.hash : store.kept("report", "#reports");
    parts.model.send_msg({ t: "look", seq: (seq += 1), address: asked.slice(0, 500), zone: OWN, twelve });
  };
  const again = () => here() && document.visibilityState === "visible" && look();
  const follow = () => here() && look();
  const fresh = new Fresh(look);
  const parameters = new Parameters((address) => (location.hash = address));
  const live = new LiveTile();
  const span = h("p", { class: "quiet span" });
  const cards = h("ul", { class: "cards", "aria-label": t("reports.figures") });
  const figures = h("div", { class: "figures-part" }, span, cards);
  const awaited = new Awaited(figures, "cards");
  const timer = setInterval(again, AGAIN);

  addEventListener("hashchange", follow);
  document.addEventListener("visibilitychange", again);
  attach(parts, {
    views: { waiting_times: ({ value }) => live.waiting(value), visits_a_minute: ({ value }) => live.visits(value) },
    on: {
      looking: (message) => {
        if (message.seq !== seq) return;
        if (here() && location.hash !== message.address) history.replaceState(null, "", message.address);
        sections.remember("reports");
        store.keep("report", message.address);
        parameters.show(message);
        address = message.address;
        awaited.expect(message.figures);
        live.show(message.live);
      },
      figures: (message) => {
        if (message.seq !== seq) return;
        awaited.come();
        fresh.answered(message.stale);
        shown = address;
        parameters.offer(message.choices);
        span.replaceChildren(t("reports.span", { start: moment(message.start, message.zone), stop: moment(message.stop, message.zone), zone: message.zone }));
        span.title = `${exact(message.start)} – ${exact(message.stop)}`;
        drawFigures(cards, message.figures);
      },
      unavailable: (message) => {
        if (message.seq !== seq) return;
        awaited.end();
        if (shown !== address) for (const part of [span, cards]) part.replaceChildren(); // they are of another question
        delete cards.dataset.shown;
        fresh.failed(message.why, message.made);
      },
    },
    stop: () => {
      removeEventListener("hashchange", follow);
      document.removeEventListener("visibilitychange", again);
      clearInterval(timer);
      fresh.stop();
    },
  });
  setTimeout(look); // after "ready", with which Python's side begins anew
  return h("div", { class: "report-asked" }, parameters.element, fresh.element, live.element, figures);
}

/**
 * The cards keep their place and their "⋯" while only the numbers change.
 * @param {HTMLElement} cards
 * @param {Figure[]} figures
 */
function drawFigures(cards, figures) {
  const shown = figures.map((figure) => figure.key).join();
  if (cards.dataset.shown !== shown)
    cards.replaceChildren(
      ...figures.map((figure) =>
        h(
          "li",
          { class: "figure-card" },
          h("p", { class: "figure-title" }, figure.title),
          h("p", { class: "figure-value" }),
          h("p", { class: "quiet figure-change" }),
        ),
      ),
    );
  cards.dataset.shown = shown;
  figures.forEach((figure, n) => {
    const card = /** @type {HTMLElement} */ (cards.children[n]);
    setText(/** @type {HTMLElement} */ (card.querySelector(".figure-value")), said(figure.now, figure.kind));
    setText(/** @type {HTMLElement} */ (card.querySelector(".figure-change")), change(figure));
    const old = card.querySelector(".more");
    if (!old) card.append(explainer(figure));
    else if (card.dataset.behind !== JSON.stringify(figure.params) && old.getAttribute("aria-expanded") !== "true" && !card.contains(focusedIn(card)))
      old.replaceWith(explainer(figure));
    card.dataset.behind = JSON.stringify(figure.params);
  });
}

/** @param {HTMLElement} element */
const focusedIn = (element) => /** @type {ShadowRoot} */ (element.getRootNode()).activeElement;

/** Against the period before, in words beside the arrow. @param {Figure} figure */
function change({ now, before, kind }) {
  const was = said(before, kind);
  if (now === null || before === null || before === undefined) return t("reports.before", { before: was });
  if (now === before) return t("reports.change.same", { before: was });
  if (before === 0) return t("reports.before", { before: was });
  const percent = Math.round((Math.abs(now - before) / before) * 100);
  if (percent === 0) return t("reports.change.same", { before: was });
  return t(now > before ? "reports.change.more" : "reports.change.less", { percent: percent > 999 ? ">999" : percent, before: was });
}

/** The same measure live: what the report says of the last hour. */
class LiveTile {
  constructor() {
    this.waits = h("p", { class: "tile" }, "–");
    this.visiting = h("p", { class: "tile" }, "–");
    this.element = h(
      "section",
      { class: "live-tile", role: "group", "aria-label": t("reports.live") },
      h("span", { class: "mark active" }, icon("clock"), t("reports.live")),
      this.waits,
      this.visiting,
    );
  }

  /** @param {Looking["live"]} view */
  show(view) {
    this.element.hidden = !view;
    this.waits.hidden = view !== "waiting_times";
    this.visiting.hidden = view !== "visits_a_minute";
  }

  /** @param {WaitingTimes} value */
  waiting(value) {
    const time = (/** @type {number | null} */ seconds) => said(seconds, "seconds");
    setText(
      this.waits,
      t("reports.live.waits", {
        answered: value.answered.toLocaleString(),
        abandoned: value.abandoned.toLocaleString(),
        median: time(value.median_s),
        p95: time(value.p95_s),
        waiting: value.waiting.toLocaleString(),
      }),
    );
  }

  /** @param {VisitsAMinute} value */
  visits(value) {
    setText(this.visiting, t("reports.live.visits", { hour: value.hour.toLocaleString(), site: value.on_site.toLocaleString() }));
  }
}

export default { render };

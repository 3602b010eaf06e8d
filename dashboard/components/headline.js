// The figures above the badges.

import { h, icon, setText } from "/app/static/parlour/look/dom.js";
import { count, t } from "/app/static/parlour/shell/facts.js";
import { heat, waitingWords } from "/app/static/parlour/lists/figures.js";
import { Awaited } from "/app/static/parlour/shell/awaited.js";
import { attach } from "/app/static/parlour/shell/live.js";
import { clock, secondsSince, ticking } from "/app/static/parlour/shell/time.js";

/** @param {import("/app/static/parlour/shell/live.js").Parts} parts */
export function render(parts) {
  const site = h("span", {}, "–");
  const waiting = h("span", {}, "–");
  const visits = h("span", {}, "–");
  const wait = h("li", { class: "figure" }, icon("clock"), waiting);
  const figures = h(
    "ul",
    { class: "figures steady", "aria-label": t("headline.label"), title: t("headline.label") },
    h("li", { class: "figure" }, icon("person"), site),
    h("li", { class: "figure" }, icon("globe"), visits),
    wait,
  );
  /** @type {Pick<import("/app/static/parlour/wire.js").Overview, "waiting" | "ringing" | "longest_since">} */
  let waits = { waiting: 0, ringing: 0, longest_since: null };

  const drawWait = () => {
    const long = waits.longest_since ? secondsSince(waits.longest_since) : 0;
    setText(waiting, waits.waiting ? `${waitingWords(waits)} (${clock(long)})` : waitingWords(waits));
    wait.dataset.wait = heat(waits.waiting, long);
  };
  const stop = ticking(figures, drawWait);
  attach(parts, {
    views: {
      visits_a_minute: ({ value }) => {
        setText(visits, count("headline.visits", value.hour));
      },
      overview: ({ value }) => {
        setText(site, t("headline.site", { n: value.on_site }));
        waits = value;
        drawWait();
      },
    },
    awaits: { overview: [new Awaited(figures)] },
    stop,
  });
  return figures;
}

export default { render };

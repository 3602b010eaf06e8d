// The "Live Help" switch with the operator's state in words beside it.

import { h, setText } from "/app/static/parlour/dom.js";
import { me, t } from "/app/static/parlour/facts.js";
import { attach, Rows } from "/app/static/parlour/live.js";

/** @param {import("/app/static/parlour/live.js").Parts} parts */
export function render(parts) {
  /** @type {Rows<any>} */
  const rows = new Rows();
  const knob = h("span", { class: "knob", "aria-hidden": "true" });
  const state = h("span", { class: "state", id: "live-help-state" });
  const toggle = h(
    "button",
    { type: "button", role: "switch", "aria-checked": "false", "aria-label": t("live-help"), "aria-describedby": "live-help-state", disabled: true, class: "switch" },
    h("span", { class: "track", "aria-hidden": "true" }, knob),
    h("span", { "aria-hidden": "true" }, t("live-help")),
  );
  /** @type {boolean | null} What the operator wants, until it is so. */
  let wish = null;

  const draw = () => {
    const mine = rows.byId.get(me.id);
    if (!rows.known || wish !== null) return;
    toggle.disabled = false;
    toggle.setAttribute("aria-checked", String(Boolean(mine?.live_help)));
    const word = mine?.state ?? "not-available";
    setText(state, t(`operator.state.${word}`));
    state.dataset.state = word;
  };

  const ask = attach(parts, {
    views: {
      operators: (body) => {
        rows.apply(body);
        draw();
      },
    },
  });

  /** Ask for what is wished until nothing else is: a click while one is on its way is the next wish. */
  const fulfil = async () => {
    while (wish !== null) {
      const on = wish;
      const outcome = await ask({ t: "switch", on });
      if (outcome.outcome === "done") await settled(() => Boolean(rows.byId.get(me.id)?.live_help) === on || wish !== on);
      if (wish === on || outcome.outcome === "refused") wish = null;
      draw();
      if (outcome.outcome === "refused") setText(state, t("live-help.refused"));
    }
  };
  toggle.addEventListener("click", () => {
    const busy = wish !== null;
    wish = toggle.getAttribute("aria-checked") !== "true";
    toggle.setAttribute("aria-checked", String(wish));
    if (!busy) fulfil();
  });
  return h("div", { class: "live-help" }, toggle, state);
}

/**
 * The board of operators follows a moment after the answer: do not flip back in between.
 * @param {() => boolean} done
 */
async function settled(done) {
  for (let tries = 0; tries < 40 && !done(); tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export default { render };

// The "Live Help" switch with the operator's state in words beside it.

import { h, setText } from "/app/static/parlour/dom.js";
import { me, t } from "/app/static/parlour/facts.js";
import { attach, Rows } from "/app/static/parlour/live.js";

/** @param {import("/app/static/parlour/live.js").Parts} parts */
export function render(parts) {
  const rows = new Rows();
  const knob = h("span", { class: "knob", "aria-hidden": "true" });
  const state = h("span", { class: "state", id: "live-help-state" });
  const toggle = h(
    "button",
    { type: "button", role: "switch", "aria-checked": "false", "aria-label": t("live-help"), "aria-describedby": "live-help-state", disabled: true, class: "switch" },
    h("span", { class: "track", "aria-hidden": "true" }, knob),
    h("span", { "aria-hidden": "true" }, t("live-help")),
  );
  let asking = false;

  const draw = () => {
    const mine = /** @type {any} */ (rows.byId.get(me.id));
    if (!rows.known || asking) return;
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

  toggle.addEventListener("click", async () => {
    if (asking) return;
    const on = toggle.getAttribute("aria-checked") !== "true";
    asking = true;
    toggle.setAttribute("aria-checked", String(on));
    const outcome = await ask({ t: "switch", on });
    asking = false;
    if (outcome.outcome === "done") await settled(rows, on);
    draw();
    if (outcome.outcome === "refused") setText(state, t("live-help.refused"));
  });
  return h("div", { class: "live-help" }, toggle, state);
}

/**
 * The board of operators follows a moment after the answer: do not flip back in between.
 * @param {Rows<any>} rows
 * @param {boolean} on
 */
async function settled(rows, on) {
  for (let tries = 0; tries < 20 && Boolean(rows.byId.get(me.id)?.live_help) !== on; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

export default { render };

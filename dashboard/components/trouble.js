// What is amiss with the house's disk and journal, and what it lacks at first: banners over all sections, as long as it lasts.

import { h, icon } from "/app/static/parlour/look/dom.js";
import { me, t } from "/app/static/parlour/shell/facts.js";
import { attach } from "/app/static/parlour/shell/live.js";

/** @param {import("/app/static/parlour/shell/live.js").Parts} parts */
export function render(parts) {
  const banners = h("div", {});
  const next = h("div", {});
  attach(parts, {
    views: {
      condition: ({ value }) => {
        banners.replaceChildren(...sentences(value).map((sentence) => h("div", { class: "banner" }, icon("warning"), sentence)));
      },
      first_steps: ({ value }) => next.replaceChildren(...step(value)),
    },
  });
  return h("div", { role: "status" }, banners, next);
}

/** Which step comes next, with the command that does it for who may. @param {import("/app/static/parlour/wire.js").FirstSteps} steps */
function step({ lack, mends }) {
  if (!lack) return [];
  const command = mends && h("code", { class: "command" }, t(`first.${lack}.command`, { login: me.login }));
  return [h("div", { class: "banner next" }, t(`first.${lack}`), " ", t(mends ? `first.${lack}.next` : "first.ask"), " ", command)];
}

/** @param {import("/app/static/parlour/wire.js").Condition} condition */
function sentences({ full, shed, damaged }) {
  const given_up = shed.map((what) => t(`trouble.${what}`)).join(", ");
  const room = full ? t("trouble.full") : given_up && t("trouble.room", { what: given_up });
  return [room, damaged && t("trouble.damaged")].filter(Boolean);
}

export default { render };

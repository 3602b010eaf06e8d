// What is amiss with the house's disk and journal: a banner over all sections, as long as it lasts.

import { h, icon } from "/app/static/parlour/look/dom.js";
import { t } from "/app/static/parlour/shell/facts.js";
import { attach } from "/app/static/parlour/shell/live.js";

/** @param {import("/app/static/parlour/shell/live.js").Parts} parts */
export function render(parts) {
  const banners = h("div", { role: "status" });
  attach(parts, {
    views: {
      condition: ({ value }) => {
        banners.replaceChildren(...sentences(value).map((sentence) => h("div", { class: "banner" }, icon("warning"), sentence)));
      },
    },
  });
  return banners;
}

/** @param {import("/app/static/parlour/wire.js").Condition} condition */
function sentences({ full, shed, damaged }) {
  const given_up = shed.map((what) => t(`trouble.${what}`)).join(", ");
  const room = full ? t("trouble.full") : given_up && t("trouble.room", { what: given_up });
  return [room, damaged && t("trouble.damaged")].filter(Boolean);
}

export default { render };

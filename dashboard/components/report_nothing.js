// In the place of a plot that would be an axis without bars.

import { h, setText } from "/app/static/parlour/look/dom.js";
import { t } from "/app/static/parlour/shell/facts.js";
import { attach } from "/app/static/parlour/shell/live.js";

/** @param {import("/app/static/parlour/shell/live.js").Parts} parts */
export function render(parts) {
  const title = h("h2", { class: "quiet plot-title", hidden: true });
  const name = (/** @type {{title: string}} */ message) => {
    setText(title, message.title);
    title.hidden = false; // an empty heading is one to a screen reader
  };
  attach(parts, { on: { nothing: name } });
  return h("div", { class: "no-plot" }, title, h("p", { class: "empty small" }, t("reports.empty")));
}

export default { render };

// "Communication Summary": the counts at the bottom of every section.

import { h, setText } from "/app/static/parlour/dom.js";
import { t } from "/app/static/parlour/facts.js";
import { attach, Rows } from "/app/static/parlour/live.js";

/** @param {import("/app/static/parlour/live.js").Parts} parts */
export function render(parts) {
  const bar = h("ul", { class: "summary" });
  /** @param {string} key */
  const part = (key) => {
    const rows = new Rows();
    const number = h("b", {}, "–");
    bar.append(h("li", {}, t(key), " ", number));
    return (/** @type {any} */ body) => {
      rows.apply(body);
      setText(number, String(rows.byId.size));
      number.dataset.some = String(rows.byId.size > 0);
    };
  };
  attach(parts, { views: { mine: part("summary.progress"), queue: part("summary.chats"), messages: part("summary.messages") } });
  return bar;
}

export default { render };

// A section that says one sentence.

import { h } from "/app/static/parlour/dom.js";
import { t } from "/app/static/parlour/facts.js";
import { attach } from "/app/static/parlour/live.js";

/** @param {import("/app/static/parlour/live.js").Parts} parts */
export function render(parts) {
  const sentence = h("p", { class: "empty" });
  attach(parts, { on: { notice: (message) => sentence.replaceChildren(t(message.key)) } });
  return sentence;
}

export default { render };

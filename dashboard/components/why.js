// "Why?": the story of a conversation by cause, in a dialog.

import { openDialog } from "/app/static/parlour/shell/dialog.js";
import { h } from "/app/static/parlour/look/dom.js";
import { t } from "/app/static/parlour/shell/facts.js";
import { coded } from "/app/static/parlour/shell/refusal.js";
import { attach } from "/app/static/parlour/shell/live.js";
import { why } from "/app/static/parlour/page.js";
import { clockTime, exact } from "/app/static/parlour/shell/time.js";

/** @param {import("/app/static/parlour/shell/live.js").Parts} parts */
export function render(parts) {
  const place = h("div", { class: "why" });
  /** @type {HTMLDialogElement | null} */
  let dialog = null;
  let asked = 0;
  const list = h("ol", { class: "story", tabindex: "0", "aria-label": t("why.story") });
  const say = (/** @type {(Node | string)[]} */ words, how = "quiet") => list.replaceChildren(h("li", { class: how, role: "listitem" }, ...words));

  why.by((subject, called) => {
    dialog?.close();
    asked += 1;
    say([t("loading")]);
    dialog = openDialog(place.getRootNode(), t("why.of", { visitor: called }), { kind: "telling" }, list);
    list.focus();
    parts.model.send_msg({ t: "story", n: asked, ...subject });
  });
  attach(parts, {
    on: {
      story: ({ n, steps }) => {
        if (n !== asked) return;
        if (steps.length) list.replaceChildren(...told(steps));
        else say([t("why.nothing")]);
      },
      "no-story": ({ n, reason }) => n === asked && say(coded(t(`refused.${reason}`), reason), "problem"),
    },
    stop: () => why.by(null),
  });
  return place;
}

/**
 * The lines, each indented below what caused it.
 * @param {import("/app/static/parlour/wire.js").Step[]} steps
 */
function told(steps) {
  /** @type {number[]} */
  const depths = [];
  return steps.map((step, n) => {
    const depth = step.cause === null ? 0 : Math.min((depths[step.cause] ?? 0) + 1, 4);
    depths[n] = depth;
    return h(
      "li",
      { "data-depth": String(depth) },
      h("time", { datetime: step.at, title: exact(step.at) }, clockTime(step.at)),
      h("span", {}, t(step.key, step.values)),
    );
  });
}

export default { render };

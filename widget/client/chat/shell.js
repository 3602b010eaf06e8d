// Puts up the dialog that fits the state, and the banner while the connection is lost.
import { conversationView } from "./conversation_view.js";
import { el } from "./dom.js";
import { leave } from "./leave.js";
import { plain } from "./plain.js";
import { queued } from "./queued.js";
import { routing } from "./routing.js";
import { screenOf } from "./screen.js";
import { start } from "./start.js";

/** @type {Record<import("./screen.js").Screen, (context: import("./dialog.js").Context) => import("./dialog.js").View>} */
const VIEWS = {
  loading: plain("window.loading"),
  refused: plain("window.unknown"),
  start,
  routing,
  queued,
  conversation: conversationView,
  leave,
};

/** @param {HTMLElement} root @param {import("./dialog.js").Context} context */
export function shell(root, context) {
  const banner = el("p", { class: "banner", role: "status", hidden: true }, context.t("window.reconnecting"));
  /** @type {import("./dialog.js").View | undefined} */
  let view;
  let up = "";
  root.append(banner);
  root.addEventListener("keydown", (event) => event.key === "Escape" && !event.isComposing && context.close());

  /** @param {import("./session.js").State} state */
  function update(state) {
    banner.hidden = state.link !== "lost";
    const screen = screenOf(state);
    if (screen !== up || !view) show(screen);
    view?.update(state);
  }

  /** @param {import("./screen.js").Screen} screen */
  function show(screen) {
    const next = VIEWS[screen](context);
    next.update(context.session.state);
    if (view) view.element.replaceWith(next.element);
    else root.append(next.element);
    view = next;
    up = screen;
    if (document.hasFocus()) view.focus();
  }

  return { update, focus: () => view?.focus() };
}

// Puts up the dialog that fits the state, and the banner while the connection is lost.
import { conversationView } from "./conversation_view.js";
import { el, say } from "./dom.js";
import { invitation } from "./invitation.js";
import { leave } from "./leave.js";
import { opening } from "./opening.js";
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
  invitation,
  opening,
  routing,
  queued,
  conversation: conversationView,
  leave,
};

/** @param {HTMLElement} root @param {import("./dialog.js").Context} context */
export function shell(root, context) {
  const { session, t } = context;
  const words = el("p", { role: "status" });
  const leaveOne = el("button", { type: "button", class: "link small", click: () => session.left.show(true, true) }, t("start.leave"));
  const banner = el("div", { class: "banner", hidden: true }, words, leaveOne);
  /** @type {import("./dialog.js").View | undefined} */
  let view;
  let up = "";
  root.append(banner);
  addEventListener("resize", fit);
  addEventListener("resize", reveal); // a keyboard came up
  root.addEventListener("focusin", reveal);
  root.addEventListener("keydown", (event) => event.key === "Escape" && context.close());

  /** @param {import("./state.js").State} state */
  function update(state) {
    const screen = screenOf(state);
    banner.hidden = !state.cut && state.link !== "lost";
    banner.classList.toggle("cut", state.cut);
    leaveOne.hidden = !state.cut || screen === "leave";
    say(words, banner.hidden ? "" : t(state.cut ? "window.cut" : "window.reconnecting"));
    if (screen !== up || !view) show(screen);
    view?.update(state);
    fit();
  }

  /** An invitation is as small as its words allow. */
  function fit() {
    if (up === "invitation" && view) context.fit(view.element);
  }

  /** A browser shows the place where one types, and maybe no more of the field. */
  function reveal() {
    document.activeElement?.closest(".field, .actions > button")?.scrollIntoView({ block: "nearest" });
  }

  /** @param {import("./screen.js").Screen} screen */
  function show(screen) {
    const next = VIEWS[screen](context);
    next.update(session.state);
    if (view) view.element.replaceWith(next.element);
    else root.append(next.element);
    view = next;
    up = screen;
    if (document.hasFocus()) view.focus();
    if (screen !== "invitation") context.fit(null);
  }

  return { update, focus: () => view?.focus(), screen: () => up };
}

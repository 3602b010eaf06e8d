// "Call queued": the place, the usual wait, what happens next, and the ways out.
import { since, span } from "./clock.js";
import { served } from "./conversation.js";
import { dialog } from "./dialog.js";
import { el, icon, say } from "./dom.js";
import { log } from "./log.js";
import { waitingWords } from "./waiting_words.js";

/** @param {import("./dialog.js").Context} context @returns {import("./dialog.js").View} */
export function queued(context) {
  const { session, t } = context;
  const again = served(session.state.model.conversation); // somebody was there: what was said stays on the screen
  const said = again ? log(context) : null;
  const words = again ? null : waitingWords(context);
  const intro = el("p", { class: "intro", role: "status" });
  const [place, usual, waiting] = [el("dd"), el("dd"), el("dd")];
  const usually = el("div", {}, el("dt", {}, t("queued.usual")), usual);
  const next = el("p", { class: "hint", role: "status" });
  const figures = el(
    "dl",
    { class: "figures" },
    el("div", {}, el("dt", {}, t("queued.place")), place),
    usually,
    el("div", {}, el("dt", {}, t("queued.waiting")), waiting),
  );
  const leave = el("button", { type: "button", class: "secondary", click: () => session.left.show(true) }, t("start.leave"));
  const cancel = el("button", { type: "button", class: "link", click: () => session.request.cancel() }, t("routing.cancel"));
  const element = dialog(
    context,
    again ? "waiting again" : "waiting",
    t("queued.title"),
    {},
    ...(said?.elements ?? []),
    el(
      "div",
      { class: "body" },
      el("div", { class: "calm" }, !again && el("div", { class: "emblem" }, icon("clock")), intro, figures, next, words?.element),
      el("div", { class: "actions" }, leave, cancel),
    ),
  );

  /** @param {number} seconds */
  const wait = (seconds) => (seconds < 60 ? t("time.under") : t("time.minutes", { count: Math.round(seconds / 60) }));

  return {
    element,
    focus: () => (words?.editing() ? words : element).focus(),
    update(state) {
      const { place: known, conversation } = state.model;
      const staffed = (known?.staffed ?? true) && conversation?.reason !== "closed";
      said?.update(state);
      words?.update(state);
      say(intro, t(conversation?.reason === "closed" ? "queued.closed" : !staffed ? "queued.unstaffed" : again ? "queued.again" : "queued.busy"));
      leave.className = staffed ? "secondary" : "primary";
      figures.hidden = !staffed;
      say(place, known ? String(known.place) : t("time.unknown"));
      usually.hidden = typeof known?.wait_s !== "number"; // what is not known takes no room
      say(usual, wait(known?.wait_s ?? 0));
      say(waiting, conversation?.asked ? span(since(conversation.asked, session.time())) : t("time.unknown"));
      say(next, staffed && known?.place === 1 ? t("queued.next") : "");
    },
  };
}

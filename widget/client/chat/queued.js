// "Call queued": the place, the usual wait, what happens next, and the ways out.
import { since, span } from "./clock.js";
import { dialog } from "./dialog.js";
import { el, say } from "./dom.js";

/** @param {import("./dialog.js").Context} context @returns {import("./dialog.js").View} */
export function queued(context) {
  const { session, t } = context;
  const intro = el("p", { class: "intro", role: "status" });
  const [place, usual, waiting] = [el("dd"), el("dd"), el("dd")];
  const next = el("p", { class: "hint", role: "status" });
  const figures = el(
    "dl",
    { class: "figures" },
    el("div", {}, el("dt", {}, t("queued.place")), place),
    el("div", {}, el("dt", {}, t("queued.usual")), usual),
    el("div", {}, el("dt", {}, t("queued.waiting")), waiting),
  );
  const leave = el("button", { type: "button", class: "secondary", click: () => session.leaving(true) }, t("start.leave"));
  const cancel = el("button", { type: "button", class: "link", click: () => session.cancel() }, t("routing.cancel"));
  const element = dialog(
    context,
    "waiting",
    t("queued.title"),
    {},
    el("div", { class: "body" }, el("div", { class: "calm" }, intro, figures, next), el("div", { class: "actions" }, leave, cancel)),
  );

  /** @param {number | null | undefined} seconds */
  const wait = (seconds) => {
    if (seconds === null || seconds === undefined) return t("time.unknown");
    return seconds < 60 ? t("time.under") : t("time.minutes", { count: Math.round(seconds / 60) });
  };

  return {
    element,
    focus: () => element.focus(),
    update({ model: { place: known, conversation } }) {
      const staffed = known?.staffed ?? true;
      say(intro, t(staffed ? "queued.busy" : "queued.unstaffed"));
      leave.className = staffed ? "secondary" : "primary";
      figures.hidden = !staffed;
      say(place, known ? String(known.place) : t("time.unknown"));
      say(usual, wait(known?.wait_s));
      say(waiting, conversation?.asked ? span(since(conversation.asked, Date.now())) : t("time.unknown"));
      say(next, staffed && known?.place === 1 ? t("queued.next") : "");
    },
  };
}

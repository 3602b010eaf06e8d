// "Routing your call…": an operator is looked for; how long so far, and the ways out.
import { since, span } from "./clock.js";
import { dialog } from "./dialog.js";
import { el, say } from "./dom.js";
import { waitingWords } from "./waiting_words.js";

/** @param {import("./dialog.js").Context} context @returns {import("./dialog.js").View} */
export function routing(context) {
  const { session, t } = context;
  const time = el("p", { class: "time" });
  const bar = el("div", { class: "progress", role: "progressbar", "aria-label": t("routing.progress") }, el("div", {}));
  const leave = el("button", { type: "button", class: "secondary", click: () => session.left.show(true) }, t("start.leave"));
  const cancel = el("button", { type: "button", class: "link", click: () => session.request.cancel() }, t("routing.cancel"));
  const words = waitingWords(context);
  const element = dialog(
    context,
    "waiting",
    t("routing.title"),
    {},
    el(
      "div",
      { class: "body" },
      el("div", { class: "calm" }, el("p", { class: "intro" }, t("routing.intro")), bar, time, words.element),
      el("div", { class: "actions" }, el("p", { class: "hint" }, t("routing.or")), leave, cancel),
    ),
  );

  return {
    element,
    focus: () => (words.editing() ? words : element).focus(),
    update(state) {
      const { model } = state;
      words.update(state);
      const asked = model.conversation?.asked;
      const seconds = asked ? since(asked, session.time()) : 0;
      say(time, t("routing.so_far", { time: span(seconds) }));
      // A screen reader is not told of every second.
      const spoken = t("routing.so_far", { time: span(seconds - (seconds % 5)) });
      if (bar.getAttribute("aria-valuetext") !== spoken) bar.setAttribute("aria-valuetext", spoken);
    },
  };
}

// The log "Conversation": its lines in their order, kept at the end while the reader is there.
import { el, icon } from "./dom.js";
import { goesOn, lines } from "./lines.js";
import { lineView } from "./message.js";

const NEAR = 60; // px from the end within which the reader is following

/** @param {import("./dialog.js").Context} context */
export function log(context) {
  const { t } = context;
  const list = el("div", { class: "log", role: "log", "aria-label": t("chat.log"), "aria-relevant": "additions", tabindex: "0" });
  const newest = el("button", { type: "button", class: "newest", hidden: true, "aria-label": t("chat.newest"), click: () => follow() }, icon("down"));
  /** @type {Map<string, ReturnType<typeof lineView>>} */
  let shown = new Map();
  let following = true;
  let height = 0; // as it was when the reader was last looked after
  list.addEventListener("scroll", () => {
    if (list.clientHeight !== height) return; // what stands below grew: no reader scrolled
    following = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR;
    newest.hidden = following;
  });
  new ResizeObserver(() => {
    height = list.clientHeight;
    if (following) follow();
  }).observe(list);

  function follow() {
    list.scrollTop = list.scrollHeight;
  }

  /** @param {import("./state.js").State} state @returns {boolean} whether there is a new own line */
  function put({ model, box }) {
    const all = lines(model.conversation, box);
    const views = new Map(all.map((line) => [line.key, shown.get(line.key) ?? lineView(context, line)]));
    for (const [key, view] of shown) if (!views.has(key)) view.element.remove();
    let place = list.firstChild;
    for (const [index, line] of all.entries()) {
      const view = /** @type {ReturnType<typeof lineView>} */ (views.get(line.key));
      view.update(line);
      view.follows(goesOn(line, all[index - 1]));
      if (view.element === place) place = place.nextSibling;
      else list.insertBefore(view.element, place);
    }
    const last = all.at(-1);
    const wrote = last?.kind === "message" && last.own && !shown.has(last.key);
    shown = views;
    return wrote;
  }

  return {
    elements: [list, el("div", { class: "over" }, newest)],
    /** @param {import("./state.js").State} state */
    update(state) {
      if (put(state) || following) follow();
      else newest.hidden = false;
    },
  };
}

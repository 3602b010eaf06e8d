// "Chat with operator": the conversation, what is on its way, and the composer or the end.
import { composer } from "./composer.js";
import { dialog, mayType } from "./dialog.js";
import { el, icon, say } from "./dom.js";
import { ended } from "./ended.js";
import { goesOn, lines } from "./lines.js";
import { lineView } from "./message.js";
import { latest } from "./outbox.js";

const NEAR = 60; // px from the end within which the reader is following

/** @param {import("./dialog.js").Context} context @returns {import("./dialog.js").View} */
export function conversationView(context) {
  const { session, t } = context;
  const who = el("p", { class: "who" });
  const end = el("button", { type: "button", class: "secondary small", click: () => session.end() }, t("chat.end"));
  const log = el("div", { class: "log", role: "log", "aria-label": t("chat.log"), "aria-relevant": "additions", tabindex: "0" });
  const newest = el(
    "button",
    { type: "button", class: "newest", hidden: true, "aria-label": t("chat.newest"), click: () => follow() },
    icon("down"),
  );
  const typing = el("p", { class: "typing", "aria-hidden": "true" });
  const write = composer(context);
  const over = ended(context);
  const foot = el("footer", {}, write.element);
  const element = dialog(context, "chat", t("chat.title"), { below: who, beside: end }, log, el("div", { class: "over" }, newest), typing, foot);
  /** @type {Map<string, ReturnType<typeof lineView>>} */
  let shown = new Map();
  let following = true;
  log.addEventListener("scroll", () => {
    following = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;
    newest.hidden = following;
  });
  new ResizeObserver(() => following && follow()).observe(log);

  function follow() {
    log.scrollTop = log.scrollHeight;
  }

  /** @param {import("./session.js").State} state @returns {boolean} whether there is a new own line */
  function list({ model, box }) {
    const all = lines(model.conversation, box);
    const views = new Map(all.map((line) => [line.key, shown.get(line.key) ?? lineView(context, line)]));
    for (const [key, view] of shown) if (!views.has(key)) view.element.remove();
    let place = log.firstChild;
    for (const [index, line] of all.entries()) {
      const view = /** @type {ReturnType<typeof lineView>} */ (views.get(line.key));
      view.update(line);
      view.follows(goesOn(line, all[index - 1]));
      if (view.element === place) place = place.nextSibling;
      else log.insertBefore(view.element, place);
    }
    const last = all.at(-1);
    const wrote = last?.kind === "message" && last.own && !shown.has(last.key);
    shown = views;
    return wrote;
  }

  return {
    element,
    focus: () => (element.contains(over.element) ? over : mayType() ? write : element).focus(),
    update(state) {
      const { conversation } = state.model;
      say(who, [conversation?.operator, conversation?.department].filter(Boolean).join(" · "));
      if (list(state) || following) follow();
      else newest.hidden = false;
      const active = conversation?.state === "active";
      say(typing, active && state.typing ? t("chat.typing", { operator: conversation.operator ?? t("chat.operator") }) : "");
      end.hidden = !active;
      end.disabled = latest(state.box, "end") !== undefined;
      if (active) write.update(state);
      const present = active ? write.element : over.element;
      if (foot.firstChild === present) return;
      const held = foot.contains(document.activeElement) || document.activeElement === document.body;
      foot.replaceChildren(present);
      if (held && document.hasFocus()) this.focus();
    },
  };
}

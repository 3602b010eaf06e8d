// Who comes back after the grace is told so: Live Help is off, and which chats wait again; both can be mended here.

import { focused, focusHeading, h, icon, setText } from "/app/static/parlour/look/dom.js";
import { t, visitorName } from "/app/static/parlour/shell/facts.js";
import { attach } from "/app/static/parlour/shell/live.js";
import { people, store } from "/app/static/parlour/page.js";
import { refusal } from "/app/static/parlour/shell/refusal.js";
import { exact, span } from "/app/static/parlour/shell/time.js";

/** @import { Absence } from "/app/static/parlour/wire.js" */

const DISMISSED = "absence.dismissed";

/** @param {import("/app/static/parlour/shell/live.js").Parts} parts */
export function render(parts) {
  /** @type {Absence | null} */
  let absence = null;
  let busy = false;
  // Read out once for each absence, whatever changes of it in sight.
  const heard = h("p", { role: "status", class: "unseen" });
  const text = h("span", {});
  const names = h("span", { class: "cut names" });
  const problem = h("span", { role: "alert", class: "problem" });
  const button = (/** @type {string} */ key, /** @type {string} */ kind, /** @type {() => Promise<void>} */ run) =>
    h("button", { type: "button", class: kind, onclick: () => alone(run) }, t(key));
  const available = button("absence.available", "plain", () => switchOn());
  const take = button("absence.take", "primary", () => takeBack());
  const dismiss = h("button", { type: "button", class: "icon-button", "aria-label": t("absence.dismiss"), title: t("absence.dismiss") }, icon("close"));
  const banner = h(
    "div",
    { role: "group", "aria-label": t("absence.title"), class: "banner absence", hidden: true },
    h("p", {}, icon("away"), text, names),
    problem,
    h("div", { class: "absence-does" }, available, take, dismiss),
  );

  const draw = () => {
    const held = banner.contains(focused());
    const shown = absence && absence.gone !== store.kept(DISMISSED, "") ? absence : null;
    const said = shown ? sentence(shown) : "";
    if (!shown || heard.dataset.of !== shown.gone) setText(heard, said);
    heard.dataset.of = shown?.gone ?? "";
    setText(text, said);
    text.title = shown ? t("absence.exact", { gone: exact(shown.gone), back: exact(shown.back) }) : "";
    setText(names, shown?.chats.map((chat) => visitorName(chat.name, chat.visitor)).join(", ") ?? "");
    available.hidden = !shown?.switched_off;
    take.hidden = !shown?.chats.length;
    banner.hidden = !shown && !problem.textContent;
    if (held && !goesOn()) (banner.hidden ? null : [available, take, dismiss].find((one) => !one.hidden))?.focus();
    if (held && !goesOn()) focusHeading();
  };
  /** Whether what has the focus can still be seen. */
  const goesOn = () => focused() !== document.body && (focused()?.checkVisibility() ?? false);

  /** One press at a time. @param {() => Promise<void>} run */
  const alone = async (run) => {
    if (busy) return;
    busy = true;
    problem.replaceChildren();
    await run();
    busy = false;
    draw();
  };
  const switchOn = async () => {
    const outcome = await ask({ t: "switch", on: true });
    if (outcome.outcome === "refused") problem.append(t("live-help.refused"));
  };
  /** Accept each that waits, before others ring at who is available again; what is refused is said. */
  const takeBack = async () => {
    const off = absence?.switched_off;
    /** @type {(string | Node)[]} */
    const refused = [];
    let first = true;
    for (const { id, visitor, name } of absence?.chats ?? []) {
      const outcome = await ask({ t: "accept", conversation: id });
      if (outcome.outcome === "refused") refused.push(t("absence.refused", { visitor: visitorName(name, visitor) }), ...refusal(outcome), " ");
      else if (first) people.open(visitor, { name, tab: "live", conversation: id });
      first &&= outcome.outcome === "refused";
    }
    if (off) await switchOn();
    problem.append(...refused);
  };
  dismiss.addEventListener("click", () => {
    problem.replaceChildren();
    if (absence) store.keep(DISMISSED, absence.gone);
    draw();
  });

  const ask = attach(parts, {
    views: {
      absence: ({ value }) => {
        absence = value;
        draw();
      },
    },
  });
  return h("div", {}, heard, banner);
}

/** What it is about, in a sentence or two. @param {Absence} absence */
function sentence({ gone, back, switched_off, lost, chats }) {
  const away = { span: span((new Date(back).getTime() - new Date(gone).getTime()) / 1000), n: chats.length };
  const of = chats.length === 1 ? "one" : chats.length ? "many" : lost ? "none" : "nobody";
  return [t(`absence.waits.${of}`, away), switched_off && t("absence.off")].filter(Boolean).join(" ");
}

export default { render };

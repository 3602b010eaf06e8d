// One line of the conversation as an element that is made once and follows its line.
import { hour } from "./clock.js";
import { el, icon, say } from "./dom.js";
import { safeHref } from "./links.js";
import { reason } from "./refusal.js";

const WORDS = /** @type {const} */ ({
  seen: ["checks", "chat.seen"],
  sent: ["check", "chat.sent"],
  kept: ["check", "chat.sent"],
  sending: ["clock", "chat.sending"],
  unsent: ["clock", "chat.unsent"],
  refused: ["warning", "chat.refused"],
});

/** @param {import("./dialog.js").Context} context @param {import("./lines.js").Line} first */
export const lineView = (context, first) => (first.kind === "message" ? message(context, first) : note(context, first));

/** @param {import("./dialog.js").Context} context @param {import("./lines.js").Note} line */
function note({ t }, { kind, who }) {
  const element = el("p", { class: "note" }, t(`chat.${kind}`, { operator: who ?? t("chat.operator") }));
  return { element, update: () => {}, follows: () => {} };
}

/** @param {import("./dialog.js").Context} context @param {import("./lines.js").Message} first */
function message({ session, t }, first) {
  const bubble = el("div", { class: "bubble", dir: "auto" });
  const time = el("time", { datetime: first.at, dir: "auto" });
  const status = el("span", { class: "state" });
  const error = el("p", { class: "error" });
  const who = first.own ? t("chat.you") : (first.who ?? t("chat.operator"));
  const element = el(
    "article",
    { class: first.own ? "message own" : "message" },
    el("p", { class: "meta" }, el("bdi", {}, who), " ", time),
    el("div", { class: "line" }, first.own && status, bubble),
    error,
  );
  let shown = "";

  return {
    element,
    /** @param {import("./lines.js").Line} line */
    update(line) {
      const now = line.kind === "message" && JSON.stringify([line.spans, line.state, line.at, line.error]);
      if (line.kind !== "message" || shown === now || !now) return;
      shown = now;
      bubble.replaceChildren(...line.spans.map(run));
      say(time, hour(line.at));
      if (line.own) state(line);
    },
    /** @param {boolean} on the line above is by the same person in the same minute */
    follows(on) {
      element.classList.toggle("follows", on);
    },
  };

  /** @param {import("./lines.js").Message} line */
  function state(line) {
    const [picture, words] = WORDS[line.state];
    element.dataset.state = line.state;
    status.replaceChildren(icon(picture), el("span", { class: "unseen" }, t(words)));
    const again = el("button", { type: "button", class: "link", click: () => session.messages.again(line.key) }, t("chat.again"));
    const waits = line.state === "unsent" || line.state === "sending"; // it goes out by itself, and why not yet is said
    error.replaceChildren(...(line.state === "refused" ? [reason(t, line.error), again] : waits ? [reason(t, line.error)] : []));
  }
}

/** @param {import("../wire/frames.js").Span} span */
function run({ text, href }) {
  const address = safeHref(href);
  if (!address) return document.createTextNode(text);
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer nofollow" }, text);
}

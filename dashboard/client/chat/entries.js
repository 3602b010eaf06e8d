// How a conversation's entries look. Foreign text stands as text; links are made of the spans that main has cut, and
// only where their scheme is harmless.

import { h, icon } from "../look/dom.js";
import { t, visitorName } from "../shell/facts.js";
import { exact, hour, when } from "../shell/time.js";
import { addressOf } from "./answering.js";
import { leadsTo } from "./written.js";

/** @import { Entry, LeftBody, Span, ToldLine } from "../wire.js" */

const REASONS = new Set(["queued", "invitation-expired"]); // what is said in other words for each reason

/** What the house says in an entry. @param {Entry} entry @returns {Partial<ToldLine>} */
export const ofHouse = ({ body }) => (body.is === "line" ? body : {});

/** What a person wrote in an entry. @param {Entry} entry @returns {Span[]} */
const written = ({ body }) => (body.is !== "line" && body.spans) || [];

/** Who left the message that an entry is. @param {Entry} entry @returns {Partial<LeftBody>} */
export const sender = ({ body }) => (body.is === "left-message" ? body : {});

/**
 * What the visitor was called when it happened; who had no name then has none here, whatever they are called now. Who leaves
 * a message gives a name with it.
 * @param {Entry} entry
 * @param {string} visitor their ID
 */
export const visitorOf = (entry, visitor) => visitorName(sender(entry).name || entry.visitor, visitor);

/**
 * An entry as a line; null for what makes none.
 * @param {Entry} entry
 * @param {string} visitor whose conversation it is
 * @param {{dated?: boolean}} [how] `dated`: it stands alone, and its time says the day as well
 */
export function lineOf(entry, visitor, { dated = false } = {}) {
  const called = visitorOf(entry, visitor);
  const at = (dated ? whole : stamp)(entry.at);
  if (entry.what === "message" && entry.author === "visitor") return bubble("visitor", called, at, written(entry));
  if (entry.what === "message") return bubble("operator", entry.operator ?? "–", at, written(entry), signOf("sent"));
  if (entry.what === "invited") return bubble("operator", entry.operator ?? "–", at, written(entry), signOf("invited"));
  if (entry.what === "left") return leftMessage(entry, called, at);
  const key = REASONS.has(entry.what) ? `entry.${entry.what}.${ofHouse(entry).reason}` : `entry.${entry.what}`;
  const by = entry.author === "visitor" ? called : (entry.operator ?? "–");
  const text = t(key, { who: by, operator: entry.operator ?? "–", operators: ofHouse(entry).operators?.join(", ") || "–", visitor: called });
  return text === key ? null : h("p", { class: "step" }, text, firstWords(entry), " · ", at);
}

/** What it is about, until it is written as a message: of who never came to that, it is all they said. @param {Entry} entry */
function firstWords(entry) {
  const spans = entry.what === "asked" || entry.what === "reworded" ? written(entry) : [];
  return spans.length > 0 && h("span", { class: "said-first" }, ": ", h("q", {}, h("bdi", { class: "text" }, ...spansOf(spans))));
}

/** Whether a message is of first words, which stand in the lines above it until then. @param {Entry} entry */
export const wereFirst = ({ what, message, client_id }) => what === "message" && message !== undefined && message === client_id;

const SIGNS = { sent: "check", seen: "seen", invited: "chat" };

/** What became of a message of ours. @param {"sent" | "seen" | "invited"} what */
export const signOf = (what) => h("span", { class: "sign", "data-sign": what, title: t(`live.${what}`) }, icon(SIGNS[what]), h("span", {}, t(`live.${what}`)));

/**
 * @param {Entry} entry
 * @param {string} called
 * @param {HTMLElement} at
 */
function leftMessage(entry, called, at) {
  const { email, subject } = sender(entry);
  const text = written(entry)
    .map((span) => span.text)
    .join("");
  const address = email ? addressOf({ email, subject, text, called, at: entry.at }) : ["–"];
  const head = h("p", { class: "quiet from" }, icon("mail"), t("entry.left"), " · ", ...address);
  return h(
    "div",
    { class: "bubble visitor left" },
    head,
    h("p", { class: "author" }, called, at),
    subject && h("p", {}, h("b", {}, subject)),
    h("p", { class: "text" }, ...spansOf(written(entry))),
  );
}

/**
 * @param {"visitor" | "operator"} author
 * @param {string} who
 * @param {HTMLElement} at
 * @param {Span[]} spans
 * @param {HTMLElement} [sign]
 */
export function bubble(author, who, at, spans, sign) {
  const head = h("p", { class: "author" }, h("span", {}, who), at, sign);
  return h("div", { class: `bubble ${author}` }, head, h("p", { class: "text" }, ...spansOf(spans)));
}

/** The time of a line below its day's. @param {string} at */
export const stamp = (at) => h("time", { datetime: at, title: exact(at) }, hour(at));

/** @param {string} at */
const whole = (at) => h("time", { datetime: at, title: exact(at) }, when(at));

/** @param {Span[]} spans */
const spansOf = (spans) =>
  spans.map((span) => {
    const href = leadsTo(span);
    return href ? h("a", { href, target: "_blank", rel: "noopener noreferrer" }, span.text) : span.text;
  });

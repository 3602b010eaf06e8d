// How a conversation's entries look. Foreign text stands as text; links are made of the spans that main has cut, and
// only where their scheme is harmless.

import { h, icon } from "../look/dom.js";
import { t, visitorName } from "../shell/facts.js";
import { exact, hour } from "../shell/time.js";

/** @typedef {{text: string, href?: string}} Span */
/** @typedef {{conversation: string, number: number, at: string, what: string, state: string, author: "visitor" | "operator" | null, operator: string | null, message: string | null, client_id: string | null, body: Body}} Entry */
/** @typedef {{is: string, spans?: Span[], name?: string, email?: string, subject?: string, operators?: string[], reason?: string, upto?: number}} Body */

const HARMLESS = /^(https?:\/\/|mailto:)/i;

const REASONS = new Set(["queued", "invitation-expired"]); // what is said in other words for each reason

/**
 * An entry as a line; null for what makes none.
 * @param {Entry} entry
 * @param {string | null} name
 */
export function lineOf(entry, name) {
  if (entry.what === "message" && entry.author === "visitor") return bubble("visitor", visitorName(name), entry.at, entry.body.spans ?? []);
  if (entry.what === "message") return bubble("operator", entry.operator ?? "–", entry.at, entry.body.spans ?? [], signOf("sent"));
  if (entry.what === "invited") return bubble("operator", entry.operator ?? "–", entry.at, entry.body.spans ?? [], signOf("invited"));
  if (entry.what === "left") return leftMessage(entry, name);
  const key = REASONS.has(entry.what) ? `entry.${entry.what}.${entry.body.reason}` : `entry.${entry.what}`;
  const by = entry.author === "visitor" ? visitorName(name) : (entry.operator ?? "–");
  const text = t(key, { who: by, operator: entry.operator ?? "–", operators: entry.body.operators?.join(", ") || "–", visitor: visitorName(name) });
  return text === key ? null : h("p", { class: "step" }, text, " · ", stamp(entry.at));
}

const SIGNS = { sent: "check", seen: "seen", invited: "chat" };

/** What became of a message of ours. @param {"sent" | "seen" | "invited"} what */
export const signOf = (what) => h("span", { class: "sign", "data-sign": what }, icon(SIGNS[what]), t(`live.${what}`));

/**
 * @param {Entry} entry
 * @param {string | null} name
 */
function leftMessage(entry, name) {
  const { email, subject, name: given } = entry.body;
  const head = h("p", { class: "quiet" }, icon("mail"), t("entry.left"), " · ", email ?? "–");
  return h("div", { class: "bubble visitor left" }, head,
    h("p", { class: "author" }, visitorName(given ?? name), stamp(entry.at)),
    subject && h("p", {}, h("b", {}, subject)), h("p", { class: "text" }, ...spansOf(entry.body.spans ?? [])));
}

/**
 * @param {"visitor" | "operator"} author
 * @param {string} who
 * @param {string} at
 * @param {Span[]} spans
 * @param {HTMLElement} [sign]
 */
export function bubble(author, who, at, spans, sign) {
  const head = h("p", { class: "author" }, h("span", {}, who), stamp(at), sign);
  return h("div", { class: `bubble ${author}` }, head, h("p", { class: "text" }, ...spansOf(spans)));
}

/** @param {string} at */
const stamp = (at) => h("time", { datetime: at, title: exact(at) }, hour(at));

/** @param {Span[]} spans */
const spansOf = (spans) =>
  spans.map((span) =>
    span.href && HARMLESS.test(span.href) ? h("a", { href: span.href, target: "_blank", rel: "noopener noreferrer" }, span.text) : span.text,
  );

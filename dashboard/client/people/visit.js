// A visitor's visit, as the profile shows it: the facts, who they say they are, the pages and the actions.

import { h, icon } from "../look/dom.js";
import { path } from "../shell/addresses.js";
import { count, t } from "../shell/facts.js";
import { exact, since, when } from "../shell/time.js";

/** @import { Action, Identity, VisitNow } from "../wire.js" */

/** What there is to see of a visit. @param {VisitNow} visit */
export const visitParts = (visit) => [factsOf(visit), identityOf(visit.identity), pagesOf(visit), actionsOf(visit.actions)].filter((part) => part !== null);

/** Whether they are on the site, in words. @param {VisitNow} visit */
function presence(visit) {
  if (visit.ended) return t("fact.left", { at: when(visit.ended) });
  if (!visit.here) return t("fact.lost");
  return t(visit.asleep ? "fact.asleep" : "fact.on-site");
}

/** @param {VisitNow} visit */
function factsOf(visit) {
  /** @type {[string, Node | string][]} */
  const facts = [
    ["fact.here", presence(visit)],
    ["fact.since", since(visit.since, "ago")],
    ["fact.visits", count("visitor.visits", visit.visits)],
    ["fact.referrer", [visit.referrer, visit.campaign].filter(Boolean).join(" · ") || "–"],
    ["fact.device", [visit.browser, t(`device.${visit.device}`)].filter(Boolean).join(", ")],
    ["fact.origin", visit.origin || "–"],
  ];
  return h("dl", { class: "facts-list" }, ...facts.flatMap(([key, value]) => [h("dt", {}, t(key)), h("dd", {}, value)]));
}

/** @param {VisitNow} visit */
function pagesOf(visit) {
  const now = visit.ended ? -1 : visit.pages.findLastIndex(({ address }) => address === visit.page?.address);
  const pages = visit.pages.map((page, n) =>
    h(
      "li",
      { class: n === now ? "now" : "" },
      h("time", { datetime: page.at, title: exact(page.at) }, when(page.at)),
      h("span", { class: "page-title" }, page.title || path(page.address)),
      page.title && h("span", { class: "quiet cut", title: page.address }, path(page.address)),
    ),
  );
  return h("section", { class: "path", "aria-label": t("profile.pages") }, h("h3", {}, icon("arrow"), t("profile.pages")), h("ol", {}, ...pages));
}

/** @param {Identity | null} identity */
function identityOf(identity) {
  if (!identity) return null;
  const mark = h(
    "span",
    { class: `mark ${identity.verified ? "active" : "waiting"}` },
    icon(identity.verified ? "check" : "ask"),
    t(identity.verified ? "identity.verified" : "identity.unverified"),
  );
  const said = [
    ["identity.name", identity.name],
    ["identity.email", identity.email],
    ["identity.user", identity.user],
  ].filter(([, value]) => value);
  return h(
    "section",
    { "aria-label": t("identity") },
    h("h3", {}, icon("person"), t("identity"), mark),
    h("dl", { class: "facts-list" }, ...said.flatMap(([key, value]) => [h("dt", {}, t(key ?? "")), h("dd", {}, value)])),
  );
}

/** @param {Action[]} actions */
function actionsOf(actions) {
  if (!actions.length) return null;
  const items = actions.map((action) =>
    h(
      "li",
      {},
      h("time", { datetime: action.at, title: exact(action.at) }, when(action.at)),
      h("span", { class: "page-title" }, action.name),
      h("span", { class: "quiet" }, parametersOf(action.parameters)),
    ),
  );
  return h("section", { class: "path", "aria-label": t("profile.actions") }, h("h3", {}, icon("check"), t("profile.actions")), h("ol", {}, ...items));
}

/** @param {Action["parameters"]} parameters */
const parametersOf = (parameters) => parameters.map(([name, value]) => `${name}: ${value}`).join(", ");

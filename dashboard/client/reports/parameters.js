// The row of a report's parameters. They stand in the address: a change is a new address, and the address is shown.

import { h } from "../look/dom.js";
import { t } from "../shell/facts.js";
import { addressOf, dayBefore } from "./address.js";

/** @import { Looking, Option, Parameters as Values } from "../wire.js" */

/** @type {Values["period"][]} */
const PERIODS = ["hour", "today", "7d", "30d", "custom"];

/** The browser's time zone. */
export const OWN = new Intl.DateTimeFormat().resolvedOptions().timeZone;

export class Parameters {
  /** @param {(address: string) => void} go */
  constructor(go) {
    this.go = go;
    /** @type {Values} */
    this.values = { report: "chats", period: "7d", first: null, last: null, zone: null, of: {} };
    /** @type {Map<string, Choice>} */
    this.choices = new Map();
    /** @type {Map<string, HTMLAnchorElement>} */
    this.links = new Map();
    this.reports = h("nav", { class: "report-links", "aria-label": t("reports.label") });
    this.period = h("select", {}, ...PERIODS.map((period) => h("option", { value: period }, t(`reports.period.${period}`))));
    this.first = h("input", { type: "date", min: "2000-01-01", max: "2199-12-31" });
    this.last = h("input", { type: "date", min: "2000-01-01", max: "2199-12-31" });
    this.days = h("div", { class: "days", hidden: true }, labelled("reports.from", this.first), labelled("reports.to", this.last));
    this.zone = h(
      "select",
      {},
      h("option", { value: "" }, t("reports.zone.own", { zone: OWN })),
      ...["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")].map((zone) => h("option", { value: zone }, zone)),
    );
    const zone = labelled("reports.zone", this.zone);
    this.element = h("div", { class: "parameters" }, this.reports, labelled("reports.period", this.period), this.days, zone);
    for (const control of [this.period, this.first, this.last, this.zone]) control.addEventListener("change", () => this.changed());
  }

  /** What the address asks for. @param {Looking} asked */
  show(asked) {
    this.values = asked.parameters;
    const { report, period, first, last, zone, of } = asked.parameters;
    for (const { id, title } of asked.reports) this.link(id, title, id === report);
    this.period.value = period;
    choose(this.zone, zone ?? "", zone ?? "");
    this.days.hidden = period !== "custom";
    if (first && last) [this.first.value, this.last.value] = [first, last];
    for (const { name, hidden } of asked.choices) {
      const choice = this.choice(name);
      choice.element.hidden = hidden;
      choice.choose(of[name] ?? "");
    }
  }

  /**
   * The links stay what they are under the pointer; one that is followed counts at once for what is chosen next.
   * @param {Values["report"]} id
   * @param {string} title
   * @param {boolean} now
   */
  link(id, title, now) {
    let link = this.links.get(id);
    if (!link) {
      link = h("a", { onclick: () => (this.values = { ...this.values, report: id }) }, title);
      this.links.set(id, link);
      this.reports.append(link);
    }
    link.href = addressOf({ ...this.values, report: id });
    if (now) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }

  /** What is chosen by this name. @param {string} name */
  choice(name) {
    const there = this.choices.get(name);
    if (there) return there;
    const choice = new Choice(name, () => this.changed());
    this.choices.set(name, choice);
    this.element.append(choice.element);
    return choice;
  }

  /** What may be chosen, by name. @param {Record<string, Option[]>} choices */
  offer(choices) {
    for (const [name, options] of Object.entries(choices)) this.choice(name).offer(options, this.values.of[name] ?? "");
  }

  changed() {
    const period = /** @type {Values["period"]} */ (this.period.value);
    const custom = period === "custom";
    this.days.hidden = !custom;
    if (custom && !(this.first.value && this.last.value)) {
      [this.first.value, this.last.value] = [dayBefore(6, this.zone.value || OWN), dayBefore(0, this.zone.value || OWN)];
      this.first.focus();
    }
    const days = custom ? { first: this.first.value, last: this.last.value } : { first: null, last: null };
    const zone = this.zone.value || null;
    this.go(
      addressOf({ ...this.values, period, ...days, zone, of: Object.fromEntries([...this.choices].map(([name, choice]) => [name, choice.select.value])) }),
    );
  }
}

/** A parameter of which one may be chosen, or all. */
class Choice {
  /**
   * @param {string} name
   * @param {() => void} changed
   */
  constructor(name, changed) {
    this.name = name;
    this.offered = "";
    this.select = h("select", { onchange: changed }, this.all());
    this.element = labelled(`reports.${name}`, this.select);
  }

  all() {
    return h("option", { value: "" }, t(`reports.${this.name}.all`));
  }

  /**
   * @param {Option[]} options
   * @param {string} chosen
   */
  offer(options, chosen) {
    const there = JSON.stringify(options);
    if (this.offered !== there) this.select.replaceChildren(this.all(), ...options.map(({ id, name }) => h("option", { value: id }, name)));
    this.offered = there;
    this.choose(chosen);
  }

  /** One that is not there is named all the same, so that the row says what is shown. @param {string} chosen */
  choose(chosen) {
    choose(this.select, chosen, t(`reports.${this.name}.unknown`));
  }
}

/**
 * @param {HTMLSelectElement} select
 * @param {string} chosen
 * @param {string} otherwise how it is called where it is not there
 */
function choose(select, chosen, otherwise) {
  if (chosen && ![...select.options].some((option) => option.value === chosen)) select.append(h("option", { value: chosen }, otherwise));
  select.value = chosen;
}

/**
 * @param {string} key
 * @param {HTMLElement} control
 */
function labelled(key, control) {
  return h("label", { class: "labelled" }, h("span", { class: "quiet" }, t(key)), control);
}

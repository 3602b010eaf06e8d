// The row of a report's parameters. They stand in the address: a change is a new address, and the address is shown.

import { h } from "/app/static/parlour/look/dom.js";
import { t } from "/app/static/parlour/shell/facts.js";

/** @import { Choice, Looking, Parameters as Values } from "/app/static/parlour/wire.js" */

/** @type {Values["period"][]} */
const PERIODS = ["hour", "today", "7d", "30d", "custom"];

export class Parameters {
  /** @param {(address: string) => void} go */
  constructor(go) {
    this.go = go;
    /** @type {Values} */
    this.values = { report: "chats", period: "7d", first: null, last: null, department: null };
    /** @type {Map<string, HTMLAnchorElement>} */
    this.links = new Map();
    this.reports = h("nav", { class: "report-links", "aria-label": t("reports.label") });
    this.period = h("select", {}, ...PERIODS.map((period) => h("option", { value: period }, t(`reports.period.${period}`))));
    this.first = h("input", { type: "date", min: "2000-01-01", max: "2199-12-31" });
    this.last = h("input", { type: "date", min: "2000-01-01", max: "2199-12-31" });
    this.department = h("select", {}, h("option", { value: "" }, t("reports.department.all")));
    this.days = h("div", { class: "days", hidden: true }, labelled("reports.from", this.first), labelled("reports.to", this.last));
    this.of = labelled("reports.department", this.department);
    this.element = h("div", { class: "parameters" }, this.reports, labelled("reports.period", this.period), this.days, this.of);
    for (const control of [this.period, this.first, this.last, this.department]) control.addEventListener("change", () => this.changed());
  }

  /** What the address asks for. @param {Looking} asked */
  show(asked) {
    this.values = asked.parameters;
    const { report, period, first, last, department } = asked.parameters;
    for (const { id, title } of asked.reports) this.link(id, title, id === report);
    this.period.value = period;
    this.days.hidden = period !== "custom";
    if (first && last) [this.first.value, this.last.value] = [first, last];
    this.of.hidden = !asked.by_department;
    this.choose(department);
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

  /** The departments there are. @param {Choice[]} departments */
  offer(departments) {
    const there = JSON.stringify(departments);
    if (this.department.dataset.there !== there) {
      this.department.replaceChildren(h("option", { value: "" }, t("reports.department.all")), ...departments.map(({ id, title }) => h("option", { value: id }, title)));
      this.department.dataset.there = there;
    }
    this.choose(this.values.department);
  }

  /** One that is not there is named all the same, so that the row says what is shown. @param {string | null} department */
  choose(department) {
    if (department && ![...this.department.options].some((option) => option.value === department)) this.department.append(h("option", { value: department }, t("reports.department.unknown")));
    this.department.value = department ?? "";
  }

  changed() {
    const period = /** @type {Values["period"]} */ (this.period.value);
    const custom = period === "custom";
    this.days.hidden = !custom;
    if (custom && !(this.first.value && this.last.value)) {
      [this.first.value, this.last.value] = [dayBefore(6), dayBefore(0)];
      this.first.focus();
    }
    const days = custom ? { first: this.first.value, last: this.last.value } : { first: null, last: null };
    this.go(addressOf({ ...this.values, period, ...days, department: this.department.value || null }));
  }
}

/** @param {Values} values */
export function addressOf({ report, period, first, last, department }) {
  const named = new URLSearchParams({ period });
  if (period === "custom" && first && last) {
    named.set("from", first);
    named.set("to", last);
  }
  if (department) named.set("department", department);
  return `#reports/${report}?${named}`;
}

/** A UTC day so many days ago. @param {number} days */
const dayBefore = (days) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/**
 * @param {string} key
 * @param {HTMLElement} control
 */
function labelled(key, control) {
  return h("label", { class: "labelled" }, h("span", { class: "quiet" }, t(key)), control);
}

// The "Live Help" switch with the operator's state in words, "Ready" while a wrap-up lasts, and "Test my bell".

import { focused, h, icon, setText } from "/app/static/parlour/look/dom.js";
import { me, t } from "/app/static/parlour/shell/facts.js";
import { availability } from "/app/static/parlour/lists/states.js";
import { attach, Rows } from "/app/static/parlour/shell/live.js";
import { bell, notices, toast } from "/app/static/parlour/page.js";
import { until, ticking } from "/app/static/parlour/shell/time.js";

/** @param {import("/app/static/parlour/shell/live.js").Parts} parts */
export function render(parts) {
  /** @type {Rows<import("/app/static/parlour/wire.js").OperatorNow>} */
  const rows = new Rows();
  const knob = h("span", { class: "knob", "aria-hidden": "true" });
  const state = h("span", { class: "state", id: "live-help-state" });
  const left = h("span");
  const ready = h("button", { type: "button", class: "plain", hidden: true, onclick: () => ask({ t: "ready-again" }) }, t("live-help.ready"));
  const toggle = h(
    "button",
    {
      type: "button",
      role: "switch",
      "aria-checked": "false",
      "aria-label": t("live-help"),
      "aria-describedby": "live-help-state",
      disabled: true,
      class: "switch",
    },
    h("span", { class: "track", "aria-hidden": "true" }, knob),
    h("span", { "aria-hidden": "true" }, t("live-help")),
  );
  const test = new BellTest();
  /** @type {boolean | null} What the operator wants, until it is so. */
  let wish = null;

  const draw = () => {
    const mine = rows.byId.get(me.id);
    if (!rows.known || wish !== null) return;
    toggle.disabled = false;
    toggle.setAttribute("aria-checked", String(Boolean(mine?.live_help)));
    const word = mine?.state ?? "not-available";
    setText(state, availability({ state: word, offers: mine?.offers ?? 0 }));
    state.dataset.state = word;
    const wrapsUp = word === "wrap-up";
    if (ready.hidden === wrapsUp) left.replaceChildren(...(wrapsUp ? [until(mine?.wrap_up_until ?? null)] : []));
    const held = focused() === ready;
    ready.hidden = !wrapsUp;
    if (held && ready.hidden) toggle.focus();
    test.element.hidden = wrapsUp || !mine?.live_help;
  };

  const stop = ticking(left);
  const ask = attach(parts, {
    views: {
      operators: (body) => {
        rows.apply(body);
        draw();
      },
    },
    stop,
  });

  /** Ask for what is wished until nothing else is: a click while one is on its way is the next wish. */
  const fulfil = async () => {
    while (wish !== null) {
      const on = wish;
      const outcome = await ask({ t: "switch", on });
      if (outcome.outcome === "done") await settled(() => Boolean(rows.byId.get(me.id)?.live_help) === on || wish !== on);
      if (wish === on || outcome.outcome === "refused") wish = null;
      draw();
      if (outcome.outcome === "refused") toast.say(t("live-help.refused"), "warned");
    }
  };
  toggle.addEventListener("click", () => {
    const busy = wish !== null;
    wish = toggle.getAttribute("aria-checked") !== "true";
    toggle.setAttribute("aria-checked", String(wish));
    if (wish) test.warn();
    if (!busy) fulfil();
  });
  return h(
    "div",
    { class: "live-help" },
    toggle,
    h("span", { class: "under-switch" }, state, " ", left),
    h("span", { class: "beside-switch" }, ready, test.element),
  );
}

/** "Test my bell": the sound and a notification, and for some seconds in words what the browser blocks. */
class BellTest {
  constructor() {
    this.element = h(
      "button",
      { type: "button", class: "icon-button bell-test", "aria-label": t("bell.test"), title: t("bell.test"), hidden: true, onclick: () => this.run() },
      icon("bell"),
    );
  }

  /** Live Help goes on: say at once what would be blocked. */
  warn() {
    if (notices.state === "default") this.say("bell.unasked", "untried");
    else if (notices.state === "denied") this.say("bell.no-notices", "warned");
  }

  async run() {
    const heard = await bell.test();
    const state = await notices.ask();
    const shown = notices.show({ title: t("bell.title"), body: t("bell.body"), tag: "bell-test" });
    const key = heard && shown ? "bell.fine" : heard ? (state === "missing" ? "bell.missing" : "bell.no-notices") : shown ? "bell.no-sound" : "bell.nothing";
    this.say(key, key === "bell.fine" ? "fine" : "warned");
  }

  /**
   * @param {string} key
   * @param {"fine" | "warned" | "untried"} how
   */
  say(key, how) {
    this.element.dataset.how = how;
    this.element.title = how === "fine" ? t("bell.test") : `${t("bell.test")}: ${t(key)}`;
    toast.say(t(key), how === "fine" ? "fine" : "warned");
  }
}

/**
 * The board of operators follows a moment after the answer: do not flip back in between.
 * @param {() => boolean} done
 */
async function settled(done) {
  for (let tries = 0; tries < 40 && !done(); tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export default { render };

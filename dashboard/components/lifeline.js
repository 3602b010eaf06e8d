// Whether this tab still reaches the dashboard, and the dashboard main. A lost connection shows a banner, the content
// stays, and the page comes back by itself as soon as the server is ready.

import { h, icon } from "/app/static/parlour/look/dom.js";
import { t } from "/app/static/parlour/shell/facts.js";
import { attach } from "/app/static/parlour/shell/live.js";

const BEAT = 4000; // ms between pings
const SILENCE = 10000; // ms without an answer until the connection counts as lost
const POLL = 500; // ms between questions to the server while it is lost

/** @param {import("/app/static/parlour/shell/live.js").Parts} parts */
export function render(parts) {
  const banner = h("div", { role: "status", class: "banner", hidden: true }, icon("away"), t("reconnecting"));
  let heard = Date.now();
  let lost = false;
  let main = true;

  const draw = () => {
    banner.hidden = !lost && main;
    document.body.dataset.connection = lost ? "lost" : main ? "live" : "waiting";
  };
  const lose = () => {
    if (lost) return;
    lost = true;
    draw();
    comeBack();
  };
  const beat = setInterval(() => {
    if (lost) return;
    if (Date.now() - heard > SILENCE && document.visibilityState === "visible") return lose();
    parts.model.send_msg({ t: "ping", n: Date.now() });
  }, BEAT);
  // A sleeping tab's timers stand still: its silence says nothing until it has asked again.
  const woke = () => {
    if (document.visibilityState !== "visible" || lost) return;
    heard = Date.now();
    parts.model.send_msg({ t: "ping", n: heard });
  };
  document.addEventListener("visibilitychange", woke);

  attach(parts, {
    on: {
      main: (message) => {
        main = message.connected;
        draw();
      },
      pong: () => {
        heard = Date.now();
      },
    },
    stop: () => {
      clearInterval(beat);
      document.removeEventListener("visibilitychange", woke);
    },
  });
  parts.view.model.document.on_event("connection_lost", lose);
  return banner;
}

/** Ask until the server is ready, then load the page again: the same section, tab, draft and unsent messages follow. */
async function comeBack() {
  while (!(await isReady())) await new Promise((resolve) => setTimeout(resolve, POLL));
  location.reload();
}

async function isReady() {
  try {
    const answer = await fetch("/app/health", { cache: "no-store", signal: AbortSignal.timeout(2000) });
    return answer.ok && (await answer.json()).ready === true;
  } catch {
    return false; // not there yet: asked again
  }
}

export default { render };

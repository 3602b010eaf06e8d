// Whether this tab still reaches the dashboard, and the dashboard main; and the server's time. A lost connection shows a banner, the content
// stays, and the page comes back by itself as soon as the server is ready.

import { h, icon } from "/app/static/parlour/look/dom.js";
import { t } from "/app/static/parlour/shell/facts.js";
import { attach } from "/app/static/parlour/shell/live.js";
import { server } from "/app/static/parlour/shell/time.js";

const BEAT = 4000; // ms between pings
const SILENCE = 10000; // ms without an answer until the connection counts as lost
const POLL = 500; // ms between questions to the server while it is lost

/** @param {import("/app/static/parlour/shell/live.js").Parts} parts */
export function render(parts) {
  const banner = h("div", { role: "status", class: "banner", hidden: true }, icon("away"), t("reconnecting"));
  let heard = performance.now();
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
  const ping = () => parts.model.send_msg({ t: "ping", n: Math.round(performance.now()) });
  const beat = setInterval(() => {
    if (lost) return;
    if (performance.now() - heard > SILENCE && document.visibilityState === "visible") return lose();
    ping();
  }, BEAT);
  // A sleeping tab's timers stand still: its silence says nothing until it has asked again.
  const woke = () => {
    if (document.visibilityState !== "visible" || lost) return;
    heard = performance.now();
    ping();
  };
  document.addEventListener("visibilitychange", woke);

  attach(parts, {
    on: {
      main: (message) => {
        main = message.connected;
        draw();
      },
      pong: ({ n, at }) => {
        heard = performance.now();
        server.hear(at, n);
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

// Frames as the server would send them.
import { readFileSync } from "node:fs";

/** Who may do what, as the server sends it; tests/widget/test_client_facts.py holds it to the engine's table. */
export const MAY = JSON.parse(readFileSync(new URL("./may.json", import.meta.url), "utf8"));

const bodyOf = ({ spans, reason, upto }) => (spans ? { is: "text", spans } : { is: "line", reason, upto });

export const entry = (number, { spans = [{ text: `line ${number}` }], reason, upto, ...more } = {}) => ({
  t: "entry",
  conversation: "c1",
  number,
  token: `c1:${number}`,
  at: "2026-01-01T10:00:00.000Z",
  what: "message",
  state: "active",
  author: "operator",
  body: bodyOf({ spans: reason || upto ? undefined : spans, reason, upto }),
  ...more,
});

export const welcome = (more = {}) => ({
  t: "welcome",
  visitor: "v",
  secret: "s",
  site: "Shop",
  service: "live",
  departments: [{ id: "d1", name: "Support", service: "live" }],
  may: MAY,
  ...more,
});

// Frames as the server would send them.

export const entry = (number, more = {}) => ({
  t: "entry",
  conversation: "c1",
  number,
  token: `c1:${number}`,
  at: "2026-01-01T10:00:00.000Z",
  what: "message",
  state: "active",
  author: "operator",
  spans: [{ text: `line ${number}` }],
  ...more,
});

export const welcome = (more = {}) => ({
  t: "welcome",
  visitor: "v",
  secret: "s",
  site: "Shop",
  service: "live",
  departments: [{ id: "d1", name: "Support", service: "live" }],
  ...more,
});

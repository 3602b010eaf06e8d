// What this page knows, made once of what stands in its document; nothing of it ever changes. What `page.js` makes rests on it.

import { Known } from "./known.js";

const NOTHING = '{"words":{},"me":{"id":"","name":"","operates":false},"may":{},"limits":{"message":0},"now":0}';

export const { now, me, limits, deeds, may, has, t, count, handle, visitorName } = new Known(
  JSON.parse(globalThis.document?.getElementById("facts")?.textContent ?? NOTHING),
);

// What stands in the conversation, line by line: entries in their order, then what is still on its way. Pure.
import { ofHouse, written } from "./conversation.js";

/**
 * @typedef {{ key: string, kind: "message", own: boolean, who: string | null, at: string,
 *   spans: import("../wire/frames.js").Span[], state: "seen" | "sent" | "kept" | "sending" | "unsent" | "refused",
 *   error?: import("./outbox.js").Fault }} Message
 * @typedef {{ key: string, kind: "joined" | "lost" | "left" | "held" | "resumed" | "away", who: string | null, at: string }} Note
 * @typedef {Message | Note} Line `key` stays the same from the first keystroke's message to its entry
 */

/** @param {import("./conversation.js").Conversation | null} conversation @param {import("./outbox.js").Box} box @returns {Line[]} */
export function lines(conversation, box) {
  if (!conversation) return [];
  const told = conversation.entries.flatMap((entry) => line(entry, conversation));
  const seen = new Set(told.map(({ key }) => key));
  const unsent = box.flatMap((item) => pending(item, conversation.id)).filter(({ key }) => !seen.has(key));
  return [...told, ...unsent];
}

/** @type {Partial<Record<import("../wire/frames.js").What, Note["kind"]>>} */
const NOTES = { accepted: "joined", held: "held", resumed: "resumed", lost: "away" };
/** @type {Record<string, Note["kind"]>} why somebody who was served waits again */
const REQUEUED = { "operator-lost": "lost", "operator-left": "left" };

/** @param {import("../wire/frames.js").Entry} entry @param {import("./conversation.js").Conversation} conversation @returns {Line[]} */
function line(entry, conversation) {
  const { what, number, at, author, operator, client_id } = entry;
  const key = `entry-${number}`;
  const who = operator ?? conversation.operator ?? null;
  const kind = what === "queued" ? REQUEUED[ofHouse(entry).reason ?? ""] : NOTES[what];
  if (kind) return [{ key, kind, who, at }];
  if (what !== "message" && what !== "invited") return [];
  const own = what === "message" && author === "visitor";
  const state = number <= conversation.seen ? "seen" : "sent";
  return [{ key: own && client_id ? client_id : key, kind: "message", own, who: operator ?? null, at, spans: written(entry), state }];
}

/** @param {import("./outbox.js").Item} item @param {string} id @returns {Line[]} */
function pending({ frame, at, conversation, state, error }, id) {
  if (frame.t !== "say" || conversation !== id) return [];
  return [{ key: frame.client_id, kind: "message", own: true, who: null, at, spans: [{ text: frame.text }], state, error }];
}

/** Whether a line goes on where the one above it stopped. @param {Line} line @param {Line | undefined} above */
export const goesOn = (line, above) =>
  line.kind === "message" && above?.kind === "message" && line.own === above.own && line.who === above.who && line.at.slice(0, 16) === above.at.slice(0, 16);

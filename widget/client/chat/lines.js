// What stands in the conversation, line by line: entries in their order, then what is still on its way. Pure.

/**
 * @typedef {{ key: string, kind: "message", own: boolean, who: string | null, at: string,
 *   spans: import("../wire/frames.js").Span[], state: "sent" | "kept" | "sending" | "unsent" | "refused",
 *   error?: import("../wire/frames.js").Refusal }} Message
 * @typedef {{ key: string, kind: "joined" | "requeued", who: string | null, at: string }} Note
 * @typedef {Message | Note} Line `key` stays the same from the first keystroke's message to its entry
 */

/** @param {import("./conversation.js").Conversation | null} conversation @param {import("./outbox.js").Box} box @returns {Line[]} */
export function lines(conversation, box) {
  if (!conversation) return [];
  const told = conversation.entries.flatMap((entry, index) => line(entry, conversation.entries.slice(0, index)));
  const seen = new Set(told.map(({ key }) => key));
  const unsent = box.flatMap((item) => pending(item, conversation.id)).filter(({ key }) => !seen.has(key));
  return [...told, ...unsent];
}

/** @param {import("../wire/frames.js").Entry} entry @param {readonly import("../wire/frames.js").Entry[]} earlier @returns {Line[]} */
function line(entry, earlier) {
  const key = `entry-${entry.number}`;
  const who = entry.operator ?? null;
  if (entry.what === "accepted") return [{ key, kind: "joined", who, at: entry.at }];
  if (entry.what === "queued" && earlier.some(({ what }) => what === "accepted")) {
    return [{ key, kind: "requeued", who, at: entry.at }];
  }
  if (entry.what !== "message") return [];
  const own = entry.author === "visitor";
  return [
    {
      key: own && entry.client_id ? entry.client_id : key,
      kind: "message",
      own,
      who,
      at: entry.at,
      spans: entry.spans ?? [],
      state: "sent",
    },
  ];
}

/** @param {import("./outbox.js").Item} item @param {string} id @returns {Line[]} */
function pending({ frame, at, conversation, state, error }, id) {
  if (frame.t !== "say" || conversation !== id) return [];
  return [{ key: frame.client_id, kind: "message", own: true, who: null, at, spans: [{ text: frame.text }], state, error }];
}

/** Whether a line goes on where the one above it stopped. @param {Line} line @param {Line | undefined} above */
export const goesOn = (line, above) =>
  line.kind === "message" &&
  above?.kind === "message" &&
  line.own === above.own &&
  line.who === above.who &&
  line.at.slice(0, 16) === above.at.slice(0, 16);

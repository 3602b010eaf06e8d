// What the visitor asked for and the server has not answered yet. Pure: each function takes a box and returns the next.
// An item goes unsent → sending → (kept, then gone | refused); a lost connection takes sending back to unsent, and the same
// client_id goes out again, which the server keeps once.

/**
 * @typedef {import("../wire/frames.js").Kept} Kept
 * @typedef {import("../wire/frames.js").Refusal} Refusal
 * @typedef {Omit<Refusal, "reason"> & { reason: Refusal["reason"] | "offline" }} Fault `offline`: it did not get to the server
 * @typedef {{ frame: Kept, at: string, conversation: string | null, state: "unsent" | "sending" | "kept" | "refused",
 *   sent?: number, error?: Fault }} Item `sent`: when it went out last, in ms of a clock that never goes back
 * @typedef {readonly Item[]} Box
 */

/** @type {Box} */
export const EMPTY = [];

const STALE = 600_000; // ms after which nobody expects a request any more

/** @param {Box} box @param {Kept} frame @param {string} at @param {string | null} conversation @returns {Box} */
export const put = (box, frame, at, conversation) => [...box, { frame, at, conversation, state: "unsent" }];

/** What has to go out now, in its order. @param {Box} box @returns {Kept[]} */
export const unsent = (box) => box.filter((item) => item.state === "unsent").map((item) => item.frame);

/** @param {Box} box @param {string} id @param {number} now @returns {Box} */
export const sending = (box, id, now) => change(box, id, (item) => ({ ...item, state: "sending", sent: now }));

/** The connection was lost: what was on its way goes out again. @param {Box} box @returns {Box} */
export const lost = (box) => box.map((item) => (item.state === "sending" ? { ...item, state: "unsent" } : item));

/** Acked; a message waits on the screen for its entry. @param {Box} box @param {string} id @returns {Box} */
export const keep = (box, id) => change(box, id, (item) => ({ ...item, state: "kept" }));

/** Done with, or no longer wanted. @param {Box} box @param {string} id @returns {Box} */
export const drop = (box, id) => box.filter((item) => item.frame.client_id !== id);

/** @param {Box} box @param {Refusal} error @returns {Box} */
export const refuse = (box, error) => change(box, error.client_id ?? "", (item) => ({ ...item, state: error.reason === "busy" ? "unsent" : "refused", error }));

/** It did not get through, and stays on its way. @param {Box} box @param {string} id @param {Fault} error @returns {Box} */
export const stuck = (box, id, error) => change(box, id, (item) => ({ ...item, state: "unsent", error }));

/** Try again what was refused, as something new. @param {Box} box @param {string} id @param {string} fresh @returns {Box} */
export const again = (box, id, fresh) => change(box, id, ({ error: _, ...item }) => ({ ...item, state: "unsent", frame: { ...item.frame, client_id: fresh } }));

/** @param {Box} box @param {string} id */
export const find = (box, id) => box.find((item) => item.frame.client_id === id);

/** The latest item of a kind. @param {Box} box @param {Kept["t"]} kind */
export const latest = (box, kind) => box.findLast((item) => item.frame.t === kind);

/** Whether an answer is overdue, so that the connection cannot be trusted. @param {Box} box @param {number} now @param {number} patience */
export const overdue = (box, now, patience) => box.some((item) => item.state === "sending" && now - (item.sent ?? now) > patience);

/**
 * After a welcome: what belongs to another conversation than the present one, or is too old to be meant, does not go out.
 * @param {Box} box @param {string | null} conversation @param {number} now
 * @returns {{ box: Box, orphans: string[] }} `orphans`: texts of messages that have nowhere to go
 */
export function settle(box, conversation, now) {
  const fits = (/** @type {Item} */ { frame, at, state, conversation: its }) => {
    if (frame.t === "leave") return true;
    if (frame.t === "ask") return state !== "kept" && now - Date.parse(at) < STALE;
    return its === conversation;
  };
  const orphans = box.flatMap((item) => (!fits(item) && item.frame.t === "say" && item.state !== "kept" ? [item.frame.text] : []));
  return { box: box.filter(fits), orphans };
}

/** @param {Box} box @param {string} id @param {(item: Item) => Item} how @returns {Box} */
const change = (box, id, how) => box.map((item) => (item.frame.client_id === id ? how(item) : item));

// What is new to this tab: entries that no window of this browser had when the tab began. Pure, but for its memory.

/** @type {Partial<Record<import("../wire/frames.js").What, string>>} */
const NAMES = { accepted: "started", ended: "ended", lost: "ended" };

/**
 * @param {{ conversation: string, number: number } | undefined} known what this browser had told of before
 * @param {(what: string) => void} tell "started", "ended", "message"
 * @returns {(entry: import("../wire/frames.js").Entry) => { conversation: string, number: number }} what is known now
 */
export function news(known, tell) {
  return ({ conversation, number, what, author }) => {
    if (known?.conversation === conversation && number <= known.number) return known;
    const name = what === "message" && author === "operator" ? "message" : NAMES[what];
    if (name) tell(name);
    return (known = { conversation, number });
  };
}

// What there is to see that the visitor has not seen: what the operator did since the window was last open. Pure.

/** @typedef {{ conversation: string, number: number } | undefined} Read up to where the visitor has seen it */

/** @param {import("./conversation.js").Conversation | null} conversation @param {Read} read */
export function news(conversation, read) {
  const here = read && read.conversation === conversation?.id ? read.number : 0;
  const seen = Math.max(here, conversation?.read ?? 0);
  return (conversation?.entries ?? []).filter(
    ({ number, what, author }) => number > seen && (what === "accepted" || (author === "operator" && (what === "message" || what === "ended"))),
  );
}

/** How many of them count: an end is no more to read. @param {import("./conversation.js").Conversation | null} conversation @param {Read} read */
export const unread = (conversation, read) => news(conversation, read).filter(({ what }) => what !== "ended").length;

// How much there is to see that the visitor has not seen: what the operator did since the window was last open. Pure.

/**
 * @param {import("./conversation.js").Conversation | null} conversation
 * @param {{ conversation: string, number: number } | undefined} read up to where the visitor has seen it
 */
export function unread(conversation, read) {
  const here = read && read.conversation === conversation?.id ? read.number : 0;
  const seen = Math.max(here, conversation?.read ?? 0);
  return (conversation?.entries ?? []).filter(
    ({ number, what, author }) => number > seen && (what === "accepted" || (what === "message" && author === "operator")),
  ).length;
}

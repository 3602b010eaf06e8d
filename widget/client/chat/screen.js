// Which of the window's dialogs is up: a pure choice. An open conversation always wins.
import { isOpen } from "./conversation.js";
import { latest } from "./outbox.js";

/** @typedef {"loading" | "refused" | "start" | "routing" | "queued" | "conversation" | "leave"} Screen */

/** @param {import("./session.js").State} state @returns {Screen} */
export function screenOf({ link, model, box, leaving, thanked, dismissed }) {
  const { conversation } = model;
  if (link === "refused") return "refused";
  if (!model.welcomed) return "loading";
  if (conversation?.state === "active") return "conversation";
  if (leaving || thanked || (conversation?.state === "left" && conversation.id !== dismissed)) return "leave";
  if (conversation?.state === "queued") return "queued";
  if (isOpen(conversation)) return "routing";
  if (conversation?.state === "ended" && conversation.id !== dismissed) return "conversation";
  const asking = latest(box, "ask");
  if (asking && asking.state !== "refused") return "start";
  return model.service === "live" ? "start" : "leave";
}

// Which of the window's dialogs is up: a pure choice. An open conversation always wins.
import { isOpen, may } from "./conversation.js";
import { latest } from "./outbox.js";

/** @typedef {"loading" | "refused" | "start" | "invitation" | "opening" | "routing" | "queued" | "conversation" | "leave"} Screen */

/** @param {import("./state.js").State} state @returns {Screen} */
export function screenOf({ link, cut, model, box, leaving, apart, thanked, dismissed, opening }) {
  const { conversation } = model;
  const state = conversation?.state ?? "";
  if (link === "refused") return "refused";
  if (!model.welcomed && (cut || !model.early)) return cut || thanked ? "leave" : "loading";
  if (may(conversation, "end") && !apart) return "conversation";
  if (leaving || thanked || (state === "left" && conversation?.id !== dismissed)) return "leave";
  if (may(conversation, "start")) return opening === conversation?.id ? "opening" : "invitation";
  if (state === "queued") return "queued";
  if (isOpen(conversation)) return "routing";
  if (state === "ended" && conversation?.id !== dismissed) return "conversation";
  const asking = latest(box, "ask");
  if (asking && asking.state !== "refused") return "start";
  return model.service === "live" || opening === conversation?.id ? "start" : "leave";
}

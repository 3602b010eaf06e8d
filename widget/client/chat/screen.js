// Which of the window's dialogs is up: a pure choice. An open conversation always wins; what goes on and what may be done
// in it the server says (`may`), a state is asked for by its name only where it has a screen of its own.
import { isOpen, may } from "./conversation.js";
import { latest } from "./outbox.js";

/** @typedef {"loading" | "refused" | "start" | "invitation" | "opening" | "routing" | "queued" | "conversation" | "leave"} Screen */

/** @type {Partial<Record<import("../wire/frames.js").State, Screen>>} What a state alone puts up: of one that is over, until it is put away. */
const SCREENS = { queued: "queued", ended: "conversation", left: "leave" };

/** Whether a conversation that is over in this state is to be seen again later. @param {import("../wire/frames.js").State} state */
export const staysUp = (state) => SCREENS[state] === "conversation";

/** @param {import("./state.js").State} state @returns {Screen} */
export function screenOf({ link, cut, model, box, leaving, apart, thanked, dismissed, opening }) {
  const { conversation } = model;
  const own = conversation && SCREENS[conversation.state];
  const isUp = conversation?.id !== dismissed;
  if (link === "refused") return "refused";
  if (!model.welcomed && (cut || !model.early)) return cut || thanked ? "leave" : "loading";
  if (may(conversation, "end") && !apart) return "conversation";
  if (leaving || thanked || (own === "leave" && isUp)) return "leave";
  if (may(conversation, "start")) return opening === conversation?.id ? "opening" : "invitation";
  if (isOpen(conversation)) return own ?? "routing";
  if (own && isUp) return own;
  const asking = latest(box, "ask");
  if (asking && asking.state !== "refused") return "start";
  return model.service === "live" || opening === conversation?.id ? "start" : "leave";
}

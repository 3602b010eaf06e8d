// What a session shows: one value, made anew with each change.
import * as talk from "./conversation.js";
import * as outbox from "./outbox.js";

/**
 * @typedef {object} State
 * @property {"connecting" | "open" | "lost" | "refused"} link
 * @property {talk.Model} model
 * @property {outbox.Box} box
 * @property {boolean} cut there has been no live connection for a while
 * @property {boolean} leaving the form "Leave a message" is up
 * @property {boolean} apart it is up though a chat is open
 * @property {boolean} thanked
 * @property {string} dismissed the conversation that "Start again" put away
 * @property {string} cancelled the one the visitor cancelled
 * @property {string} opening the invitation of which "Start Chat" was pressed
 * @property {string} draft
 * @property {number} typing until when the operator is seen writing, 0 if not
 * @property {import("../wire/frames.js").Refusal | null} notice why the draft was not sent
 */

/**
 * @typedef {{ cut: boolean, service: string }} Around what the page knows as the window begins; `cut`: there is no hope of a
 * connection yet; `service`: what its button offers, "" where that is not known
 */

/** A window that has just begun. @param {Readonly<import("./store.js").Kept>} held @param {Around} [around] @returns {State} */
export const begun = ({ box = outbox.EMPTY, draft = "", first, known }, { cut, service } = { cut: false, service: "" }) => ({
  link: "connecting",
  model: first ? talk.resumed(first) : talk.remembered(known, service),
  box: outbox.lost(box),
  cut,
  leaving: false,
  apart: false,
  thanked: false,
  dismissed: "",
  cancelled: "",
  opening: "",
  draft,
  typing: 0,
  notice: null,
});

// What the window knows, as a pure step over the frames that come in. Entries count 1, 2, 3 …: one seen before is
// dropped; one too far ahead means that some are missing, and `gaps` asks the owner to come back for them.

/**
 * @typedef {import("../wire/frames.js").Entry} Entry
 * @typedef {import("../wire/frames.js").Conversation} ConversationNow as the server says it stands
 * @typedef {ConversationNow & { last: number, asked: string | null, seen: number, read: number,
 *   reason: string | null, may: readonly Deed[], entries: readonly Entry[] }} Conversation `seen`: up to where the operator has
 * seen it, `read`: the visitor, perhaps in another tab; `reason`: why it waits; `may`: what the visitor may do in it now
 * @typedef {import("../wire/frames.js").Deed} Deed
 * @typedef {Pick<import("../wire/frames.js").ChatWelcome, "departments" | "may" | "name">} Known what a browser remembers of a
 * welcome, so that the next window need not wait for its own
 * @typedef {{ welcomed: boolean, early: boolean, visitor: string, secret: string, service: import("../wire/frames.js").Service,
 *   departments: readonly import("../wire/frames.js").Department[], name: string, conversation: Conversation | null,
 *   place: import("../wire/frames.js").Place | null, token: string | null, gaps: number,
 *   may: NonNullable<import("../wire/frames.js").ChatWelcome["may"]> }} Model `early`: there is no welcome yet, but enough is
 * known of the last one to begin; `may`: the server's table of who may do what
 */

/** @type {Readonly<Model>} */
export const EMPTY = {
  welcomed: false,
  early: false,
  visitor: "",
  secret: "",
  service: "message",
  departments: [],
  name: "",
  conversation: null,
  place: null,
  token: null,
  gaps: 0,
  may: {},
};

const BEGINS = new Set(["asked", "started"]); // the visitor waits from here on, and from where the operator is lost
const NAMES = new Set(["invited", "accepted"]); // who is talked with
const PATIENCE = 3; // times to come back for missing entries before going on without them

// An entry that a window kept which was open before an update has no body.

/** What the house says in an entry. @param {Entry} entry @returns {Partial<import("../wire/frames.js").Line>} */
export const ofHouse = ({ body }) => (body?.is === "line" ? body : {});

/** What a person wrote in an entry. @param {Entry} entry @returns {import("../wire/frames.js").Span[]} */
export const written = ({ body }) => (body && body.is !== "line" && body.spans) || [];

/** Whether it is an operator's invitation, with which a conversation may begin. @param {Entry} entry */
export const isInvitation = ({ what }) => what === "invited";

/** What is known of a conversation of which this browser kept the first entry. @param {Entry} first @returns {Model} */
export const resumed = (first) => enter({ ...EMPTY }, first);

/** @param {import("../wire/frames.js").ChatWelcome} welcome @returns {Known} */
export const toRemember = ({ departments, may, name }) => ({ departments, may, name });

/** What is known before the welcome, where nothing goes on. @param {Known | undefined} known @param {string} service @returns {Model} */
export const remembered = (known, service) =>
  known && (service === "live" || service === "message")
    ? { ...EMPTY, early: true, service, departments: known.departments, may: known.may ?? {}, name: known.name ?? "" }
    : EMPTY;

/** Whether the visitor may do something in it now. @param {Conversation | null} conversation @param {Deed} deed */
export const may = (conversation, deed) => conversation?.may.includes(deed) ?? false;

/** Whether it goes on: nobody asks anew before it is over. @param {Conversation | null} conversation */
export const isOpen = (conversation) => conversation !== null && !may(conversation, "ask");

const SAYS_FIRST = new Set(["asked", "reworded"]); // what it is about, for whoever comes

/** What the visitor has said that it is about, and is not written yet: that is done when somebody comes. @param {Conversation | null} conversation */
export function firstWords(conversation) {
  const entries = conversation?.entries ?? [];
  const waited = entries.slice(entries.findLastIndex(({ what }) => what === "accepted") + 1);
  const said = waited.findLast(({ what }) => SAYS_FIRST.has(what));
  return said ? textOf(said) : "";
}

/** What a person wrote in an entry, as one text. @param {Entry} entry */
export const textOf = (entry) =>
  written(entry)
    .map(({ text }) => text)
    .join("");

/** Whether an operator has been there, perhaps is. @param {Conversation | null} conversation */
export const served = (conversation) => conversation?.entries.some(({ what }) => what === "accepted") ?? false;

/** The number of the operator's latest message. @param {Conversation | null} conversation */
export const answered = (conversation) => conversation?.entries.findLast(({ what, author }) => what === "message" && author === "operator")?.number ?? 0;

/**
 * @param {Model} model @param {import("../wire/frames.js").ToChat} frame
 * @returns {Model}
 */
export function step(model, frame) {
  if (frame.t === "welcome") return welcome(model, frame);
  if (frame.t === "departments") return { ...model, service: frame.service, departments: frame.departments };
  if (frame.t === "entry") return enter(model, frame);
  if (frame.t === "place" && frame.conversation === model.conversation?.id) return { ...model, place: frame };
  return model;
}

/** @param {Model} model @param {import("../wire/frames.js").ChatWelcome} frame @returns {Model} */
function welcome(model, { visitor, secret, service, departments, name, conversation, may = {} }) {
  const known = { ...model, welcomed: true, early: false, visitor, secret, service, departments, name: name ?? "", may };
  const mine = model.conversation && { ...model.conversation, may: now(may, model.conversation.state) };
  if (conversation && conversation.id === mine?.id) return { ...known, conversation: { ...mine, ...conversation, may: now(may, conversation.state) } };
  // A conversation that is over stays on the screen though the server has nothing more to say of it.
  if (!conversation && !isOpen(mine)) return { ...known, conversation: mine };
  return { ...known, conversation: conversation ? begin(conversation, may) : null, token: null, place: null, gaps: 0 };
}

/** What may be done in a state; nothing is known of it before the welcome. @param {Model["may"]} table @param {Entry["state"]} state */
const now = (table, state) => table[state] ?? [];

/** @param {ConversationNow} conversation @param {Model["may"]} table @returns {Conversation} */
const begin = (conversation, table) => ({
  ...conversation,
  last: 0,
  asked: null,
  seen: 0,
  read: 0,
  reason: null,
  may: now(table, conversation.state),
  entries: [],
});

/** Whether the visitor waits in a state: then it can be cancelled. @param {Model["may"]} table @param {Entry["state"]} state */
const waits = (table, state) => now(table, state).includes("cancel");

/** @param {Model} model @param {Entry} entry @returns {Model} */
function enter(model, entry) {
  const same = entry.conversation === model.conversation?.id;
  const told = same && model.conversation ? model.conversation : begin(fresh(model, entry), model.may);
  const mine = isToldAnew(told, entry) ? begin(told, model.may) : told;
  if (entry.number <= mine.last) return model;
  if (entry.number > mine.last + 1 && model.gaps < PATIENCE) return { ...model, gaps: model.gaps + 1 };
  return {
    ...model,
    conversation: {
      ...mine,
      state: entry.state,
      may: now(model.may, entry.state),
      last: entry.number,
      asked: BEGINS.has(entry.what) || (waits(model.may, entry.state) && !waits(model.may, mine.state)) ? entry.at : mine.asked,
      seen: entry.what === "seen" && entry.author === "operator" ? (ofHouse(entry).upto ?? 0) : mine.seen,
      read: entry.what === "seen" && entry.author === "visitor" ? (ofHouse(entry).upto ?? 0) : mine.read,
      reason: entry.what === "queued" ? (ofHouse(entry).reason ?? null) : mine.reason,
      operator: NAMES.has(entry.what) ? entry.operator : mine.operator,
      entries: [...mine.entries, entry],
    },
    place: entry.what === "queued" || !same ? null : model.place,
    token: entry.token ?? null,
    gaps: 0,
  };
}

/**
 * The server was restored from a backup: entries have other tokens, and some that stand here are no more.
 * @param {Conversation} told @param {Entry} entry
 */
const isToldAnew = ({ entries: [first] }, { number, token }) => number === 1 && first?.number === 1 && first.token !== token;

/**
 * A conversation that begins with this entry; its department is known only where there is but one.
 * @param {Model} model @param {Entry} entry @returns {ConversationNow}
 */
const fresh = ({ departments }, { conversation, state }) => ({
  id: conversation,
  state,
  department: departments.length === 1 ? (departments[0]?.name ?? "") : "",
});

// Made by `make docs` from widget/protocol.py and engine/. Types only; nothing of this is loaded.

export type State =
  | "invited"
  | "routing"
  | "queued"
  | "active"
  | "on-hold"
  | "ended"
  | "abandoned"
  | "refused"
  | "expired"
  | "left"
  | "answered"
  | "closed";
export type Service = "live" | "message";
export type Reason =
  | "another-user"
  | "bad-code"
  | "bad-frame"
  | "bad-login"
  | "bad-text"
  | "bad-value"
  | "busy"
  | "changed"
  | "ended"
  | "empty"
  | "forbidden"
  | "not-offered"
  | "not-yours"
  | "signed-out"
  | "taken"
  | "too-fast"
  | "too-long"
  | "too-slow"
  | "unknown-conversation"
  | "unknown-department"
  | "unknown-operator"
  | "unknown-setting"
  | "unknown-site"
  | "exists"
  | "in-chat"
  | "in-use"
  | "invited"
  | "no-room"
  | "not-active"
  | "not-here"
  | "not-invited"
  | "on-hold"
  | "disconnected";
export type Deed =
  | "accept"
  | "answer"
  | "ask"
  | "cancel"
  | "close"
  | "decline"
  | "end"
  | "engage"
  | "hold"
  | "leave"
  | "queue"
  | "refuse"
  | "reopen"
  | "resume"
  | "reword"
  | "say"
  | "seen"
  | "start"
  | "take-back"
  | "typing";
export type Side = "visitor" | "operator";
export type What =
  | "ringing"
  | "step"
  | "invited"
  | "started"
  | "refused"
  | "expired"
  | "asked"
  | "reworded"
  | "queued"
  | "accepted"
  | "message"
  | "seen"
  | "held"
  | "resumed"
  | "ended"
  | "lost"
  | "abandoned"
  | "left";
/** The first frame of a page's socket. */
export type PageHello = {
  t: "hello";
  site: string;
  visitor?: string | null;
  also?: string | null;
  page?: Page | null;
  asleep?: boolean;
  automated?: boolean;
};
/** `Parlour.shutdown()`: the next one at this browser is somebody else, as whom its other pages are welcomed. */
export type PageBye = {
  t: "bye";
};
/** A page was opened in this tab; `visit` is the id of the visit should this begin one. */
export type Page = {
  t: "page";
  address: string;
  again?: boolean;
  hash_routes?: boolean;
  title?: string | null;
  referrer?: string | null;
};
/** Nothing was done on this page for the time that `PageWelcome.sleep_s` says. */
export type Sleep = {
  t: "sleep";
};
/** Something was done on this page again. */
export type Wake = {
  t: "wake";
};
/** The site's script says who the visitor is. */
export type Identify = {
  t: "identify";
  user?: string | null;
  name?: string | null;
  email?: string | null;
  signature?: string;
};
/** The site's script tells of something the visitor did. */
export type Track = {
  t: "track";
  name: string;
  parameters?: Record<string, string | number | boolean>;
};
/** The first frame of a chat's socket: the visitor's key, this browser's chat secret, and where to go on from. */
export type ChatHello = {
  t: "hello";
  site: string;
  visitor?: string | null;
  secret?: string | null;
  also?: string | null;
  also_secret?: string | null;
  after?: string | null;
  speaks?: number;
};
/** A message. */
export type Say = {
  t: "say";
  client_id: string;
  conversation?: string | null;
  text: string;
};
/** The buttons "End chat" and "End communication". */
export type End = {
  t: "end";
  client_id: string;
  conversation?: string | null;
};
/** One of the two has seen what the other wrote up to the entry `upto`; said again after a welcome. */
export type Seen = {
  t: "seen";
  conversation: string;
  upto: number;
};
/** One of the two is typing: a signal, told to the other and never kept. */
export type Typing = {
  t: "typing";
  conversation: string;
};
/** The button "Text chat" of "Start communication". */
export type Ask = {
  t: "ask";
  client_id: string;
  department?: string | null;
  mode?: "text";
  name?: string | null;
  words?: string | null;
};
/** Who waits says otherwise what it is about; without `words` they take it back. */
export type Reword = {
  t: "reword";
  client_id: string;
  conversation?: string | null;
  words?: string | null;
};
/** The visitor no longer wants to wait. */
export type Cancel = {
  t: "cancel";
  client_id: string;
  conversation?: string | null;
};
/** The button "Text chat" of "Open chat with operator": the visitor takes the invitation `conversation`. */
export type Start = {
  t: "start";
  client_id: string;
  conversation: string;
  mode?: "text";
  name?: string | null;
};
/** The visitor closed the invitation `conversation`. */
export type Refuse = {
  t: "refuse";
  client_id: string;
  conversation: string;
};
/** The form "Leave a message": out of the open conversation, or as a new one with the id `conversation`. */
export type Leave = {
  t: "leave";
  client_id: string;
  department?: string | null;
  name?: string | null;
  email: string;
  subject?: string | null;
  text: string;
};
/** The form "Leave a message": out of the open conversation, or as a new one with the id `conversation`. */
export type LeavePost = {
  t: "leave";
  client_id: string;
  department?: string | null;
  name?: string | null;
  email: string;
  subject?: string | null;
  text: string;
  site: string;
  visitor?: string | null;
  secret?: string | null;
};
/** The answer to `PageHello`. */
export type PageWelcome = {
  t: "welcome";
  visitor: string;
  service: Service;
  chat: boolean;
  sleep_s: number;
  tell_page?: boolean;
  taken?: boolean;
};
/** What the button says now; sent whenever it changes. */
export type Button = {
  t: "service";
  service: Service;
};
/** An operator invites the visitor: open the chat, which shows it. */
export type Invited = {
  t: "invited";
};
/** Refused, nothing changed. */
export type Refusal = {
  t: "error";
  reason: Reason;
  client_id?: string;
  detail?: string;
  limit?: number;
};
/** The answer to `ChatHello`. */
export type ChatWelcome = {
  t: "welcome";
  visitor: string;
  secret: string;
  site: string;
  service: Service;
  departments: Department[];
  may?: Partial<Record<State, Deed[]>>;
  conversation?: Conversation;
  name?: string;
  now?: string;
};
/** Departments or whether they are served changed. */
export type Departments = {
  t: "departments";
  service: Service;
  departments: Department[];
};
/** One event of a conversation, in its order: `number` counts 1, 2, 3 … without a gap. */
export type Entry = {
  t: "entry";
  conversation: string;
  number: number;
  token?: string;
  at: string;
  what: What;
  state: State;
  body: Text | LeftBody | Line;
  author?: Side;
  operator?: string;
  visitor?: string;
  message?: string;
  client_id?: string;
};
/** Where a queued visitor stands: 1 is next. */
export type Place = {
  t: "place";
  conversation: string;
  place: number;
  wait_s?: number;
  staffed?: boolean;
};
/** Kept. */
export type Ack = {
  t: "ack";
  client_id: string;
  conversation?: string;
  number?: number;
};
/** The message is kept. */
export type Left = {
  t: "left";
  client_id: string;
  visitor?: string;
  secret?: string;
};
/** How long they may be, in characters, and the `address` that an e-mail goes to, as a regular expression. */
export type Limits = {
  message: number;
  name: number;
  email: number;
  subject: number;
  address: string;
};
/** A department a visitor may choose. */
export type Department = {
  id: string;
  name: string;
  service: Service;
};
/** The visitor's conversation as it stands: the open one, or the last if it ended while they were away. */
export type Conversation = {
  id: string;
  state: State;
  department: string;
  operator?: string;
};
/** What a person wrote, cut into plain runs and links; None where it was erased. */
export type Text = {
  is: "text";
  spans?: Span[];
};
/** A left message with whom to answer; all None where it was erased. */
export type LeftBody = {
  is: "left-message";
  spans?: Span[];
  name?: string;
  email?: string;
  subject?: string;
};
/** A line by the house. */
export type Line = {
  is: "line";
  operators?: string[];
  reason?: string;
  upto?: number;
};
/** A run of text; with `href` it is a link (http, https or mailto only). */
export type Span = {
  text: string;
  href?: string;
};
export type FromPage = PageHello | PageBye | Page | Sleep | Wake | Identify | Track;
export type FromChat = ChatHello | Say | End | Seen | Typing | Ask | Reword | Cancel | Start | Refuse | Leave;
export type Kept = Say | End | Ask | Reword | Cancel | Start | Refuse | Leave;
export type ToPage = PageWelcome | Button | Invited | Refusal;
export type ToChat = ChatWelcome | Departments | Entry | Place | Typing | Ack | Refusal;

// Made by `make docs` from dashboard/components/ and engine/. Types only; nothing of this is loaded.

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
  | "abandoned"
  | "accepted"
  | "answered"
  | "asked"
  | "asked-again"
  | "closed"
  | "declined"
  | "ended"
  | "expired"
  | "extended"
  | "held"
  | "invitation-accepted"
  | "invitation-expired"
  | "invitation-refused"
  | "invitation-taken-back"
  | "invited"
  | "left"
  | "lost"
  | "message"
  | "offered"
  | "queued"
  | "refused"
  | "reopened"
  | "resumed"
  | "reworded"
  | "ringing"
  | "seen"
  | "started"
  | "step"
  | "timed-out"
  | "withdrawn";
export type Kind = "text" | "count" | "seconds" | "length" | "day" | "time";
/** The component has rendered and wants its whole state. */
export type Ready = {
  t: "ready";
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
  client_id: string;
  conversation: string;
  upto: number;
};
/** One of the two is typing: a signal, told to the other and never kept. */
export type Typing = {
  t: "typing";
  conversation: string;
};
/** The switch "Live Help": the operator wants to be available, or not. */
export type Switch = {
  t: "switch";
  client_id: string;
  on: boolean;
};
/** The operator takes a conversation that rings, is offered, or waits in the queue. */
export type Accept = {
  t: "accept";
  client_id: string;
  conversation: string;
};
/** The operator does not take it, and is not asked again. */
export type Decline = {
  t: "decline";
  client_id: string;
  conversation: string;
};
/** The operator withdraws the ring from everybody and lets the visitor wait in the queue. */
export type Queue = {
  t: "queue";
  client_id: string;
  conversation: string;
};
/** The dialog "Engage in communication": the operator invites a visitor who is on the site. */
export type Engage = {
  t: "engage";
  client_id: string;
  visitor: string;
  text: string;
  department?: string | null;
};
/** The operator takes their invitation back, which nobody has answered yet. */
export type TakeBack = {
  t: "take-back";
  client_id: string;
  conversation: string;
};
/** The operator suspends the chat. */
export type Hold = {
  t: "hold";
  client_id: string;
  conversation: string;
};
/** The operator resumes the chat. */
export type Resume = {
  t: "resume";
  client_id: string;
  conversation: string;
};
/** The operator says where a left message of one of their departments stands. */
export type Mark = {
  t: "mark";
  client_id: string;
  conversation: string;
  state: "answered" | "closed" | "open";
};
/** The button "Ready": the operator is ready for the next before the wrap-up time is over. */
export type ReadyAgain = {
  t: "ready-again";
  client_id: string;
};
/** The rows that are shown, of which one is not there yet. */
export type See = {
  t: "see";
  ids: string[];
};
/** The tab asks whether anybody is there. */
export type Ping = {
  t: "ping";
  n: number;
};
/** Whether the browser shows the dark theme now. */
export type Theme = {
  t: "theme";
  dark: boolean;
};
/** The address names a section. */
export type Show = {
  t: "show";
  section: string;
};
/** A profile was opened: show this visitor's visit. */
export type Open = {
  t: "open";
  visitor: string;
};
/** A profile was closed. */
export type Close = {
  t: "close";
  visitor: string;
};
/** Show this visitor's earlier visits and chats. */
export type Past = {
  t: "past";
  visitor: string;
};
/** Show a conversation, from the entry after the token on. */
export type Follow = {
  t: "follow";
  conversation: string;
  after?: string | null;
};
/** A conversation is not looked at any more. */
export type Unfollow = {
  t: "unfollow";
  conversation: string;
};
/** The address asks for a report; `seq` comes back with what it says. */
export type Look = {
  t: "look";
  seq: number;
  address: string;
  offset?: number;
  twelve?: boolean;
};
/** Show this page; `seq` comes back with it, so that the browser drops what it no longer wants. */
export type VisitorsTablePage = {
  t: "page";
  seq: number;
  sort: "address" | "device" | "email" | "first" | "name" | "seen" | "visitor" | "visits";
  desc: boolean;
  text: string;
  offset: number;
};
/** Tell the story of a conversation, or of this visitor's latest one; `n` counts what was asked. */
export type Story = {
  t: "story";
  n: number;
  conversation?: string | null;
  visitor?: string | null;
};
/** A view cannot be watched, or not any more; `key`: which one, where there are several of the name. */
export type Lost = {
  t: "lost";
  view: string;
  reason: string;
  key: string;
};
/** What the browser sent was no message. */
export type BadMessage = {
  t: "error";
  reason: "bad-frame";
};
/** What became of what was asked under this id. */
export type Answered = {
  t: "outcome";
  client_id: string;
  body: Done | Refused;
};
/** Whether the dashboard reaches main. */
export type MainIs = {
  t: "main";
  connected: boolean;
};
/** Somebody is there: the answer to the ping `n`, and the server's time, in milliseconds since 1970. */
export type Pong = {
  t: "pong";
  n: number;
  at: number;
};
/** The sections there are for this person. */
export type Sections = {
  t: "sections";
  sections: Section[];
};
/** A visitor's earlier visits and chats, the newest first. */
export type PastKnown = {
  t: "past";
  visitor: string;
  visits: PastVisit[];
  chats: PastChat[];
};
/** The history does not answer: the error's name. */
export type PastUnavailable = {
  t: "past-unavailable";
  visitor: string;
  why: string;
};
/** What the address asks for, and what may be chosen; `live` the view whose tile stands beside the figures. */
export type Looking = {
  t: "looking";
  seq: number;
  parameters: Parameters;
  address: string;
  reports: ReportLink[];
  choices: Choice[];
  live: string | null;
};
/** The answer; `stale`: it may be behind what happened. */
export type Figures = {
  t: "figures";
  seq: number;
  start: string;
  stop: string;
  figures: Figure[];
  choices: Record<string, Option[]>;
  stale: boolean;
};
/** The history does not answer the question `seq`: the error's name. */
export type Unavailable = {
  t: "unavailable";
  seq: number;
  why: string;
  made: [number, number] | null;
};
/** There is nothing to draw of this. */
export type Nothing = {
  t: "nothing";
  title: string;
};
/** All tables of a report. */
export type Tables = {
  t: "tables";
  tables: Table[];
};
/** The page that was asked for as `seq`, from `offset` on, of `total`; `stale`: it may be behind what happened. */
export type Rows = {
  t: "rows";
  seq: number;
  rows: Visitor[];
  offset: number;
  total: number;
  size: number;
  stale: boolean;
};
/** The lines of the story that was asked for as `n`; none where there is no conversation. */
export type StoryTold = {
  t: "story";
  n: number;
  steps: Step[];
};
/** Why there is no answer to `n`. */
export type NoStory = {
  t: "no-story";
  n: number;
  reason: string;
};
/** It happened and is kept. */
export type Done = {
  outcome: "done";
  conversation?: string;
  number?: number;
};
/** It did not happen and nothing changed. */
export type Refused = {
  outcome: "refused";
  reason: Reason;
  detail?: string;
  limit?: number;
  by?: string;
};
/** What the scripts must know from the start: the words, who is signed in, what an operator may do when, limits. */
export type Facts = {
  words: Record<string, string>;
  me: Me;
  may: Partial<Record<State, Deed[]>>;
  limits: Limits;
  now: number;
};
/** A step of a conversation: an entry. */
export type EntryStep = {
  entry: Entry;
};
/** A step of a conversation: who is typing. */
export type SignalStep = {
  typing: Side;
};
/** Where a row stands among the others, in the place of the row; `here`: whether it counts as one who is there. */
export type Place = {
  id: string;
  turn: string;
  here: boolean;
};
/** What is not as it should be with the house's disk and its journal. */
export type Condition = {
  shed: ("copies" | "left-messages" | "new-chats" | "page-views")[];
  full: boolean;
  free_mb: number | null;
  damaged: string | null;
};
/** What comes next. */
export type FirstSteps = {
  lack: "department" | "site" | null;
  mends: boolean;
};
/** A request at one operator. */
export type Ring = {
  id: string;
  visitor: string;
  name: string | null;
  department: string;
  mode: string;
  since: string;
  until: string;
  policy: "broadcast" | "queue";
  may: Deed[];
  address: string | null;
  title: string | null;
  referrer: string | null;
  origin: string | null;
  visits: number;
  words: string | null;
  closed: "declined" | "left" | "queued" | "taken" | "timeout" | "withdrawn" | null;
  by: string | null;
  own: boolean;
};
/** A conversation somebody serves. */
export type OwnConversation = {
  id: string;
  visitor: string;
  name: string | null;
  department: string;
  state: State;
  since: string;
  waiting_since: string | null;
  last: MineLine | null;
  address: string | null;
  title: string | null;
  here: boolean;
  number: number;
  unread: number;
  seen: number;
};
/** What somebody who came back too late has to know, until they have done something about it. */
export type Absence = {
  gone: string;
  back: string;
  switched_off: boolean;
  lost: number;
  chats: Left[];
};
/** A visitor in the queue. */
export type Waiting = {
  id: string;
  visitor: string;
  name: string | null;
  department: string;
  since: string;
  asked: string;
  waits_since: string;
  status: "offered" | "waiting";
  offered_to: string | null;
  reason: "by-operator" | "closed" | "declined" | "full" | "nobody" | "operator-left" | "operator-lost" | "timeout" | null;
  by: string | null;
  address: string | null;
  title: string | null;
  referrer: string | null;
  visits: number;
  place: number;
  turn: string;
  words: string | null;
};
/** A left message; what is personal is None where the person was erased. */
export type LeftMessage = {
  id: string;
  visitor: string;
  name: string | null;
  email: string | null;
  subject: string | null;
  text: string | null;
  department: string;
  at: string;
  state: "answered" | "open";
  may: Deed[];
  by: string | null;
  site: string;
};
/** An operator. */
export type OperatorNow = {
  id: string;
  name: string;
  role: "administrator" | "analyst" | "operator" | "supervisor";
  state: "available" | "full" | "not-available" | "signed-out" | "wrap-up";
  here: boolean;
  live_help: boolean;
  chats: number;
  offers: number;
  max_chats: number;
  departments: string[];
  since: string;
  wrap_up_until: string | null;
};
/** A visit. */
export type VisitNow = {
  visitor: string;
  name: string | null;
  site: string;
  visits: number;
  since: string;
  ended: string | null;
  here: boolean;
  asleep: boolean;
  referrer: string | null;
  campaign: string | null;
  device: string;
  browser: string | null;
  origin: string | null;
  pages: PresencePage[];
  count: number;
  page: PresencePage | null;
  actions: Action[];
  identity: Identity | null;
  state: State | null;
  may: Deed[];
  conversation: string | null;
  invited: Invite | null;
};
/** A visitor on the site. */
export type Badge = {
  id: string;
  name: string | null;
  site: string;
  site_id: string;
  visits: number;
  since: string;
  here: boolean;
  left: string | null;
  turn: string;
  asleep: boolean;
  address: string;
  title: string | null;
  referrer: string | null;
  campaign: string | null;
  device: string;
  browser: string | null;
  origin: string | null;
  pages: number;
  page_since: string;
  state: State | null;
  operator: string | null;
  may: Deed[];
  messages: number;
  invitation: Token | null;
  identity: Identity | null;
  words: string | null;
};
/** The curve. */
export type VisitsAMinute = {
  minutes: number[];
  ends: string | null;
  on_site: number;
  hour: number;
};
/** The tile. */
export type WaitingTimes = {
  waiting: number;
  longest_since: string | null;
  median_s: number | null;
  p95_s: number | null;
  answered: number;
  abandoned: number;
};
/** The tile: from accepting to the operator's first message, in seconds, of those written in the last hour. */
export type FirstResponses = {
  median_s: number | null;
  p95_s: number | null;
  count: number;
};
/** The ten pages with the most visitors now, then with the most views. */
export type TopPages = {
  pages: TopPage[];
};
/** The house at a glance. */
export type Overview = {
  on_site: number;
  asleep: number;
  waiting: number;
  ringing: number;
  longest_since: string | null;
  in_chat: number;
  on_hold: number;
  invited: number;
  left_open: number;
  operators: OperatorCounts;
};
/** A section's id in the address, and its title. */
export type Section = {
  id: string;
  title: string;
};
/** An earlier visit with its first pages, of `count`. */
export type PastVisit = {
  visit: string;
  since: string;
  seconds: number | null;
  count: number;
  device: string | null;
  browser: string | null;
  referrer: string | null;
  pages: PastPage[];
};
/** An earlier chat, or a left message. */
export type PastChat = {
  conversation: string;
  at: string;
  department: string | null;
  operator: string | null;
  state: string;
  outcome: string | null;
};
/** Which report, and of what. */
export type Parameters = {
  report: "chats" | "operators" | "visits";
  period: "30d" | "7d" | "custom" | "hour" | "today";
  first: string | null;
  last: string | null;
  of: Record<string, string>;
};
/** A report to choose. */
export type ReportLink = {
  id: "chats" | "operators" | "visits";
  title: string;
};
/** A parameter of which one may be chosen, or all; `hidden` where the report does not heed it. */
export type Choice = {
  name: string;
  hidden: boolean;
};
/** A figure of the period, and of the one before. */
export type Figure = {
  definition: string;
  sql: string;
  params: Record<string, string | null>;
  cell: string;
  key: string;
  title: string;
  kind: Kind;
  now: number | null;
  before: number | null;
};
/** One of what may be chosen for a parameter. */
export type Option = {
  id: string;
  name: string;
};
/** A table with the address of its CSV. */
export type Table = {
  definition: string;
  sql: string;
  params: Record<string, string | null>;
  cell: string;
  title: string;
  columns: Head[];
  rows: unknown[][];
  csv: string;
};
/** A row: somebody who ever came. */
export type Visitor = {
  visitor: string;
  name: string | null;
  email: string | null;
  seen: string;
  visits: number;
  first: string;
  device: string | null;
  browser: string | null;
  address: string | null;
};
/** A line of a story. */
export type Step = {
  at: string;
  key: string;
  values: Record<string, string>;
  cause: number | null;
};
/** Who is signed in. */
export type Me = {
  id: string;
  name: string;
  role: "administrator" | "analyst" | "operator" | "supervisor";
  login: string;
  operates: boolean;
};
/** How long they may be, in characters, and the `address` that an e-mail goes to, as a regular expression. */
export type Limits = {
  message: number;
  name: number;
  email: number;
  subject: number;
  address: string;
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
  body: Text | LeftBody | ToldLine;
  author?: Side;
  operator?: string;
  visitor?: string;
  message?: string;
  client_id?: string;
};
/** The last message. */
export type MineLine = {
  author: Side;
  text: string;
  at: string;
};
/** A chat that waits since its operator was gone. */
export type Left = {
  id: string;
  visitor: string;
  name: string | null;
};
/** A page view as it is shown. */
export type PresencePage = {
  address: string;
  title: string | null;
  at: string;
};
/** Something the site's script told of the visitor; `parameters` by name, in their order. */
export type Action = {
  name: string;
  parameters: [string, string][];
  at: string;
};
/** Who a visitor is by what the site's script says; `verified` where the site signed it. */
export type Identity = {
  user: string | null;
  name: string | null;
  email: string | null;
  verified: boolean;
};
/** An invitation that nobody has answered yet: whose it is (`name`: theirs), and until when it is open. */
export type Invite = {
  by: string;
  name: string;
  until: string;
};
/** The latest invitation of this visit, until it is accepted: by whom (a name), and since when it is so. */
export type Token = {
  state: "expired" | "invited" | "refused";
  by: string;
  at: string;
};
/** A page: how many visitors are on it `now`, and how often it was viewed in the last hour. */
export type TopPage = {
  address: string;
  title: string | null;
  now: number;
  views: number;
};
/** How many of the operators who are signed in are in each state. */
export type OperatorCounts = {
  available: number;
  full: number;
  wrap_up: number;
  not_available: number;
};
/** A page of an earlier visit. */
export type PastPage = {
  address: string;
  title: string | null;
  at: string;
};
/** The head of a column, and what its cells are. */
export type Head = {
  title: string;
  kind: Kind;
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
export type ToldLine = {
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
export type FromBrowser =
  | Ready
  | Say
  | End
  | Seen
  | Typing
  | Switch
  | Accept
  | Decline
  | Queue
  | Engage
  | TakeBack
  | Hold
  | Resume
  | Mark
  | ReadyAgain
  | See
  | Ping
  | Theme
  | Show
  | Open
  | Close
  | Past
  | Follow
  | Unfollow
  | Look
  | VisitorsTablePage
  | Story;
export type Act =
  | Say
  | End
  | Seen
  | Switch
  | Accept
  | Decline
  | Queue
  | Engage
  | TakeBack
  | Hold
  | Resume
  | Mark
  | ReadyAgain;
export type ToBrowser =
  | Lost
  | BadMessage
  | Answered
  | MainIs
  | Pong
  | Sections
  | PastKnown
  | PastUnavailable
  | Looking
  | Figures
  | Unavailable
  | Nothing
  | Tables
  | Rows
  | StoryTold
  | NoStory;
export type Outcome = Done | Refused;
/** Rows by id: all at first, then what is different. */
export type TableOf<R> = { all?: R[]; set?: R[]; gone?: string[] };
/** One value, each time whole. */
export type ValueOf<V> = { value: V };
/** What a view says, by its name. */
export type Views = {
  absence: ValueOf<Absence | null>;
  condition: ValueOf<Condition>;
  conversation: EntryStep | SignalStep;
  first_responses: ValueOf<FirstResponses>;
  first_steps: ValueOf<FirstSteps>;
  messages: TableOf<LeftMessage>;
  mine: TableOf<OwnConversation>;
  operators: TableOf<OperatorNow>;
  overview: ValueOf<Overview>;
  queue: TableOf<Waiting>;
  rings: TableOf<Ring>;
  top_pages: ValueOf<TopPages>;
  visit: ValueOf<VisitNow | null>;
  visitors: TableOf<Badge | Place>;
  visits_a_minute: ValueOf<VisitsAMinute>;
  waiting_times: ValueOf<WaitingTimes>;
};
/** Views of which a tab watches several. */
export type Keyed = "conversation" | "visit";
/** A step of a view; `key`: of which visitor or conversation, `token`: to go on from there. */
export type ViewStep<V extends keyof Views> = {
  v: V;
  body: Views[V];
  key: V extends Keyed ? string : undefined;
  token?: string;
};

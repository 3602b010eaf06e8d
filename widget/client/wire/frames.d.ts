// The frames of widget/protocol.py as the browser sees them. Types only; nothing of this is loaded.

export type Service = "live" | "message";
export type State = "routing" | "queued" | "active" | "ended" | "abandoned" | "left";

// --- from the page
export type Page = { t: "page"; address: string; title: string; referrer: string };
export type PageHello = { t: "hello"; site: string; visitor?: string; page?: Page };

// --- from the chat
export type ChatHello = { t: "hello"; site: string; visitor?: string; secret?: string; after?: string };
export type Ask = { t: "ask"; client_id: string; department?: string; mode: "text"; name: string };
export type Say = { t: "say"; client_id: string; text: string; conversation?: string };
export type End = { t: "end"; client_id: string; conversation?: string };
export type Cancel = { t: "cancel"; client_id: string; conversation?: string };
export type Leave = {
  t: "leave";
  client_id: string;
  email: string;
  text: string;
  name: string;
  subject: string;
  department?: string;
};
export type Typing = { t: "typing"; conversation: string }; // both ways, a signal
export type Kept = Ask | Say | End | Cancel | Leave; // what the outbox keeps until it is answered

// --- to both
export type Refusal = { t: "error"; reason: string; client_id?: string; detail?: string; limit?: number };
export type Button = { t: "service"; service: Service };

// --- to the page
export type PageWelcome = { t: "welcome"; visitor: string; service: Service; chat: boolean; tell_page?: boolean };
export type ToPage = PageWelcome | Button | Refusal;

// --- to the chat
export type Department = { id: string; name: string; service: Service };
export type ConversationNow = { id: string; state: State; department: string; operator?: string };
export type ChatWelcome = {
  t: "welcome";
  visitor: string;
  secret: string;
  site: string;
  service: Service;
  departments: Department[];
  conversation?: ConversationNow;
  name?: string;
};
export type Departments = { t: "departments"; service: Service; departments: Department[] };
export type Span = { text: string; href?: string };
export type Entry = {
  t: "entry";
  conversation: string;
  number: number;
  token: string;
  at: string;
  what: "asked" | "ringing" | "queued" | "accepted" | "message" | "ended" | "abandoned" | "left" | "step";
  state: State;
  author?: "visitor" | "operator";
  operator?: string;
  message?: string;
  client_id?: string;
  spans?: Span[];
  reason?: string;
};
export type Place = { t: "place"; conversation: string; place: number; wait_s?: number; staffed?: boolean };
export type Ack = { t: "ack"; client_id: string; conversation?: string; number?: number };
export type ToChat = ChatWelcome | Departments | Entry | Place | Typing | Ack | Refusal;

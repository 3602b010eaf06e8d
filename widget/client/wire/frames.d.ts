// The frames of widget/protocol.py as the browser sees them. Types only; nothing of this is loaded.

import type { Deed, State, What } from "./words.js";
export type { Deed, State, What };

export type Service = "live" | "message";

// --- from the page
export type Page = { t: "page"; address: string; title: string; referrer: string };
export type PageHello = { t: "hello"; site: string; visitor?: string; page?: Page; asleep: boolean };

// --- from the chat
export type ChatHello = { t: "hello"; site: string; visitor?: string; secret?: string; after?: string; speaks: number };
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
export type Start = { t: "start"; client_id: string; conversation: string; mode: "text"; name: string };
export type Refuse = { t: "refuse"; client_id: string; conversation: string };
export type Seen = { t: "seen"; conversation: string; upto: number }; // not answered
export type Typing = { t: "typing"; conversation: string }; // both ways, a signal
export type Kept = Ask | Say | End | Cancel | Leave | Start | Refuse; // what the outbox keeps until it is answered

// --- by POST /leave
export type LeavePost = Omit<Leave, "t"> & { t: "leave"; site: string; visitor?: string; secret?: string };
export type Left = { t: "left"; client_id: string; visitor?: string; secret?: string };

// --- to both
export type Refusal = { t: "error"; reason: string; client_id?: string; detail?: string; limit?: number };
export type Button = { t: "service"; service: Service };

// --- to the page
export type PageWelcome = {
  t: "welcome";
  visitor: string;
  service: Service;
  chat: boolean;
  sleep_s: number;
  tell_page?: boolean;
};
export type Invited = { t: "invited" };
export type ToPage = PageWelcome | Button | Invited | Refusal;

// --- to the chat
export type May = Partial<Record<State, Deed[]>>;
export type Department = { id: string; name: string; service: Service };
export type ConversationNow = { id: string; state: State; department: string; operator?: string };
export type ChatWelcome = {
  t: "welcome";
  visitor: string;
  secret: string;
  site: string;
  service: Service;
  departments: Department[];
  may: May;
  conversation?: ConversationNow;
  name?: string;
};
export type Departments = { t: "departments"; service: Service; departments: Department[] };
export type Span = { text: string; href?: string };
export type Body =
  | { is: "text" | "left-message"; spans?: Span[]; reason?: undefined; upto?: undefined }
  | { is: "line"; reason?: string; upto?: number; spans?: undefined };
export type Entry = {
  t: "entry";
  conversation: string;
  number: number;
  token: string;
  at: string;
  what: What;
  state: State;
  author?: "visitor" | "operator";
  operator?: string;
  message?: string;
  client_id?: string;
  body?: Body; // none in an entry that a window kept which was open before an update
};
export type Place = { t: "place"; conversation: string; place: number; wait_s?: number; staffed?: boolean };
export type Ack = { t: "ack"; client_id: string; conversation?: string; number?: number };
export type ToChat = ChatWelcome | Departments | Entry | Place | Typing | Ack | Refusal;

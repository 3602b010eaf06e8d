// Parlour's calls for a site's own scripts: `/// <reference path="parlour.d.ts" />`, or put it among your types.
// Before the widget has loaded, `Parlour("open")` waits in the stub's queue; afterwards `Parlour.open()` works, too.

/** Who the visitor is. `signature`: see "Who the visitor is" in docs/embed.md; without it operators see "unverified". */
export interface Identity {
  user?: string | number;
  name?: string;
  email?: string;
  signature?: string;
}

/** Where the button stands, in px from the edges; without any of them the page is told of anew. */
export interface Update {
  right?: number;
  bottom?: number;
}

/** What happens, and what a listener is called with. */
export interface Events {
  /** The button is there. */
  ready: undefined;
  /** The window opened. */
  open: undefined;
  /** The window closed. */
  close: undefined;
  /** An operator wrote. */
  message: undefined;
  /** An operator is in the conversation. */
  started: undefined;
  /** The conversation is over. */
  ended: undefined;
  /** How many messages the visitor has not seen. */
  unread: number;
}

export interface Calls {
  open(): void;
  close(): void;
  show(): void;
  hide(): void;
  identify(who: Identity): void;
  update(options?: Update): void;
  track(name: string, parameters?: Record<string, string | number | boolean | null | undefined>): void;
  on<Name extends keyof Events>(name: Name, run: (detail: Events[Name]) => void): void;
  off<Name extends keyof Events>(name: Name, run: (detail: Events[Name]) => void): void;
  /** Take everything off the page, and let the next one at this browser be somebody else. Later calls wait for a tag that is added again. */
  shutdown(): void;
  /** The visitor consents: only with `data-consent="required"`. */
  consent(): void;
}

export interface Parlour extends Calls {
  <Name extends keyof Calls>(name: Name, ...values: Parameters<Calls[Name]>): void;
}

declare global {
  interface Window {
    Parlour?: Parlour;
  }
}

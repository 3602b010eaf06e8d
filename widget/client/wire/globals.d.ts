// The stub that a site may have put there before the loader comes: it keeps the calls in `q`.
import type { Parlour } from "../parlour.js";

export type Stub = Parlour & { q?: [string, ...unknown[]][] };

declare global {
  /** Where the page's bundle finds the file of the calls, and of what is around the window; not there in a single module. */
  const SDK: string | undefined;
  const FRAME: string | undefined;
}

// The stub that a site may have put there before the loader comes: it keeps the calls in `q`.
import type { Parlour } from "../parlour.js";

export type Stub = Parlour & { q?: [string, ...unknown[]][] };

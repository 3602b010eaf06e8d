// The sending half of a session: its state and the one way to change it, and the box of what is not answered yet.
import * as outbox from "./outbox.js";
import { begun } from "./state.js";

/**
 * @typedef {import("../wire/frames.js").Kept} Frame
 * @typedef {{ now(): number, wall(): number, id(): string, later(ms: number, run: () => void): void,
 *   limits: import("../wire/frames.js").Limits,
 *   post(frame: import("../wire/frames.js").LeavePost): Promise<import("../wire/frames.js").Left | import("../wire/frames.js").Refusal> }} World
 * @typedef {{ start(): void, stop(): void, restart(): void, settle(): void, send(frame: import("../wire/frames.js").FromChat): boolean }} Wire
 */

export class Sender {
  /** @type {import("./state.js").State} */
  state;
  /** @type {(state: import("./state.js").State) => void} */
  watch = () => {};
  /** @type {Wire} */
  wire;
  /** @type {number | null} ms by which the server's time is ahead of a clock that only goes on */
  ahead = null;

  /**
   * @param {import("./store.js").Store} store @param {World} world
   * @param {import("./state.js").Around | undefined} around
   * @param {Wire} wire
   */
  constructor(store, world, around, wire) {
    this.store = store;
    this.world = world;
    this.wire = wire;
    this.state = begun(store.held, around);
  }

  /** The server's time in ms since 1970, once it has said it: this computer's may be another. */
  time() {
    return this.ahead === null ? this.world.wall() : this.world.now() + this.ahead;
  }

  /** The conversation on the screen. */
  get here() {
    return this.state.model.conversation?.id;
  }

  /** Ask for something: it stays in the box until it is answered. @param {Frame} frame */
  put(frame) {
    const at = new Date(this.world.wall()).toISOString();
    this.change({ box: outbox.put(this.state.box, frame, at, this.here ?? null) });
    this.flush();
  }

  flush() {
    if (this.state.link !== "open") return;
    for (const frame of outbox.unsent(this.state.box)) {
      if (this.wire.send(frame)) this.change({ box: outbox.sending(this.state.box, frame.client_id, this.world.now()) });
    }
  }

  /** Forget what was asked of a kind, or an earlier refusal of it alone. @param {Frame["t"]} kind @param {boolean} refusedOnly */
  clear(kind, refusedOnly = false) {
    this.change({ box: this.state.box.filter(({ frame, state }) => frame.t !== kind || (refusedOnly && state !== "refused")) });
  }

  /** @param {Partial<import("./state.js").State>} changes */
  change(changes) {
    const before = this.state;
    this.state = { ...before, ...changes };
    if (this.state.box !== before.box) this.store.put({ box: this.state.box });
    this.watch(this.state);
  }
}

// "Leave a message": the form, and its way to the server with a live connection or without one.
import * as outbox from "./outbox.js";

const WELCOME = new Set(["asked", "started", "accepted"]); // what takes the place of a form

/** @typedef {{ name: string, email: string, subject: string, text: string, department?: string }} Form what was filled in */

export class LeftMessage {
  /** @param {import("./session.js").Session} session @param {import("./request.js").Request} request */
  constructor(session, request) {
    this.session = session;
    this.request = request;
  }

  /** @param {boolean} leaving show the form, or go back @param {boolean} apart though a chat is open */
  show(leaving, apart = false) {
    this.session.clear("leave", true);
    this.session.change({ leaving, apart: leaving && apart, thanked: false });
  }

  /** @param {Form} form */
  send(form) {
    this.request.refuse();
    const same = outbox.latest(this.session.state.box, "leave");
    const id = same?.state === "unsent" && isSame(same.frame, form) ? same.frame.client_id : this.session.world.id();
    this.session.clear("leave");
    this.session.put({ t: "leave", client_id: id, ...form });
    if (this.session.state.link !== "open") this.#post({ t: "leave", client_id: id, ...form });
  }

  /**
   * No live connection: the form goes the plain way. What does not get through goes out with the next connection.
   * @param {import("../wire/frames.js").Leave} frame
   */
  async #post(frame) {
    const { site, visitor, store, world } = this.session;
    try {
      const said = await world.post({ ...frame, site, visitor: visitor || undefined, secret: store.held.secret });
      if (said.t === "error") return this.session.receive({ ...said, client_id: frame.client_id });
      if (said.visitor) this.session.become(said.visitor);
      if (said.secret) store.put({ secret: said.secret });
      this.session.receive({ t: "ack", client_id: frame.client_id });
    } catch {
      this.session.change({ box: outbox.stuck(this.session.state.box, frame.client_id, { t: "error", reason: "offline" }) });
    }
  }

  /** Who left one before is thanked already. @param {import("../wire/frames.js").ChatWelcome} frame @param {boolean} first */
  welcomed({ conversation }, first) {
    if (first && conversation?.state === "left") this.session.change({ dismissed: conversation.id });
  }

  /** @param {import("../wire/frames.js").Entry} entry */
  entered({ what }) {
    if (WELCOME.has(what) && !this.session.state.apart) this.session.change({ leaving: false, thanked: false });
  }

  /** @param {import("../wire/frames.js").Kept} frame */
  acked(frame) {
    if (frame.t !== "leave") return false;
    this.session.change({ thanked: true });
    if (this.session.state.draft.trim() === frame.text.trim()) this.session.messages.draft(""); // it is said
    return false;
  }
}

/** @param {import("../wire/frames.js").Kept} frame @param {Form} form */
const isSame = (frame, form) => frame.t === "leave" && Object.entries(form).every(([key, value]) => frame[/** @type {keyof Form} */ (key)] === value);

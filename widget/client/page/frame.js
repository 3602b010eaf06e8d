// The chat's iframe on our origin, and the page's end of the letters to it; loaded at the first need. What it has of the page
// may be a page's of before its update.
import { TO_PAGE, read } from "../wire/letters.js";
import { Bubble } from "./bubble.js";
import { STYLE } from "./frame_style.js";
import { Title } from "./title.js";

/** @typedef {{ hello(): { visitor: string, keep: boolean, live: boolean }, service?(): string, visitor(key: string): void, act(): void,
 *   emit(name: string, detail?: unknown): void, stuck?(): unknown }} Owner */

const STUCK = 8_000; // ms until the button says that the window does not come up

export class Frame {
  #ready = false;
  #open = false;
  /** @type {boolean | null} what is wanted once it is ready; null: as it was */
  #wanted = null;
  /** @type {HTMLIFrameElement | null} */
  #element = null;
  #count = document.createElement("b");
  #tells = new Bubble(() => this.set(true, true));
  #late = 0; // a timer, from the iframe's making until it is stuck
  #title = new Title();

  /**
   * @param {import("./launcher.js").Launcher} launcher @param {URL} address of the chat
   * @param {Record<string, string>} texts @param {Owner} owner
   */
  constructor(launcher, address, texts, owner) {
    this.launcher = launcher;
    this.address = address;
    this.texts = texts;
    this.owner = owner;
    launcher.dress(STYLE);
    this.#count.ariaHidden = "true";
    launcher.button.append(this.#count);
    this.#tells.stand(launcher);
    this.#unread(0);
    addEventListener("message", (event) => this.#receive(event));
    for (const name of ["resize", "scroll"]) visualViewport?.addEventListener(name, () => this.#look());
    this.#look();
  }

  /** A keyboard that comes up takes its room from what is seen of the page; who zooms in with two fingers wants no other window. */
  #look() {
    if (!visualViewport) return;
    const { height, scale, offsetTop } = visualViewport;
    const { style } = /** @type {HTMLElement} */ (this.launcher.root.host);
    style.setProperty("--v", `${height * scale}px`);
    style.setProperty("--t", `${scale > 1.01 ? 0 : offsetTop}px`);
  }

  toggle() {
    this.set(!this.#open, true);
  }

  /** @param {boolean} open @param {boolean} byHand of the visitor, not of the site's script */
  set(open, byHand = false) {
    this.#wanted = open;
    if (this.#ready) this.#show(open, byHand);
    else this.load();
  }

  /** Make the iframe; the window comes up when the chat says it is ready. */
  load() {
    if (this.#late) return;
    this.#element?.remove();
    const element = (this.#element = document.createElement("iframe"));
    element.title = this.texts["launcher.window"] ?? "";
    element.allow = "autoplay";
    element.onload = () => {
      const service = this.owner.service?.(); // a page of before its update does not say
      if (service) this.tell({ t: "service", service });
      this.tell({ t: "hello", ...this.owner.hello() });
    };
    element.src = this.address.href;
    this.launcher.button.ariaBusy = "true";
    this.launcher.say?.("");
    this.launcher.root.append(element);
    this.#late = setTimeout(() => this.#ready || this.#stuck(), STUCK);
  }

  /** The server is there again: an iframe that never came up gets another chance. */
  revive() {
    if (this.#element && !this.#ready) this.#again();
  }

  /** Somebody else is there: nothing of what it showed stays. */
  anew() {
    this.#show(false, false);
    this.#unread(0);
    this.#tells.say("", "");
    this.#ready = false;
    this.#wanted = null;
    this.#again();
  }

  #again() {
    clearTimeout(this.#late);
    this.#late = 0;
    this.load();
  }

  /** The window did not come up: a sentence says so, where the page is not of before an update, and the next click tries once more. */
  #stuck() {
    this.#late = 0;
    this.launcher.button.ariaBusy = "false";
    if (!this.#wanted) return;
    this.launcher.say?.(this.texts["launcher.unreached"] ?? "");
    this.owner.stuck?.();
  }

  /** @param {import("../wire/letters.js").Letter<typeof import("../wire/letters.js").TO_CHAT>} letter */
  tell(letter) {
    this.#element?.contentWindow?.postMessage({ parlour: 1, ...letter }, this.address.origin);
  }

  /** @param {MessageEvent} event */
  #receive(event) {
    if (!this.#element || event.source !== this.#element.contentWindow || event.origin !== this.address.origin) return;
    const letter = read(event.data, TO_PAGE);
    if (letter?.t === "ready") this.#begin(letter.open);
    else if (letter?.t === "visitor") this.owner.visitor(letter.visitor);
    else if (letter?.t === "unread") this.#unread(letter.count);
    else if (letter?.t === "tells") this.#tells.say(letter.head, letter.line);
    else if (letter?.t === "show") this.#show(true, false);
    else if (letter?.t === "close") this.#show(false, letter.byHand);
    else if (letter?.t === "fit") this.#fit(letter.height);
    else if (letter?.t === "told") this.owner.emit(letter.what);
    else if (letter?.t === "act") this.owner.act();
  }

  /** @param {boolean} wasOpen */
  #begin(wasOpen) {
    this.launcher.say?.("");
    this.launcher.button.ariaBusy = "false";
    if (this.#ready) return this.#show(this.#open, false); // it was moved within the page, and is as it was
    this.#ready = true;
    this.#show(this.#wanted ?? wasOpen, this.#wanted === true);
  }

  /** @param {boolean} open @param {boolean} byHand only then the focus follows */
  #show(open, byHand) {
    if (open !== this.#open) this.owner.emit(open ? "open" : "close");
    this.#open = open;
    this.#element?.classList.toggle("open", open);
    this.launcher.opened(open);
    this.#tells.opened(open);
    if (open && byHand) this.#element?.focus();
    this.tell(open ? { t: "open", focus: byHand } : { t: "close", byHand });
    if (!open && byHand) this.launcher.button.focus();
  }

  /** @param {number} height in px of a small window, 0 for one as high as it can be */
  #fit(height) {
    this.#element?.classList.toggle("small", height > 0);
    this.#element?.style.setProperty("--h", `${height}px`);
  }

  /** The count is the button's description: its name stays the label exactly. @param {number} count */
  #unread(count) {
    this.#count.hidden = !count;
    this.#count.textContent = String(count);
    const description = (this.texts["launcher.new"] ?? "").replace("{count}", String(count));
    this.launcher.button.setAttribute("aria-description", count ? description : "");
    this.#tells.count(count ? description : "");
    this.#title.say(count && document.hidden ? `(${count}) ${this.texts["launcher.answer"] ?? ""}` : "");
    this.owner.emit("unread", count);
  }
}

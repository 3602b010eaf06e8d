// Notifications of the browser, for who does not look at this tab.

const ICON = "/app/static/parlour/look/icon.svg";

/** @typedef {{title: string, body: string, tag: string, run?: () => void}} Notice */

export class Notices {
  constructor() {
    /** @type {Map<string, Notification>} */
    this.shown = new Map();
  }

  /** @returns {"granted" | "denied" | "default" | "missing"} */
  get state() {
    return "Notification" in globalThis ? Notification.permission : "missing";
  }

  /** Ask the person whether they may be shown; needs a click or a key before. */
  async ask() {
    if (this.state === "default") await Notification.requestPermission();
    return this.state;
  }

  /**
   * Show one, whoever looks; false where the browser does not let us. One with the same tag takes its place.
   * @param {Notice} notice
   */
  show({ title, body, tag, run }) {
    if (this.state !== "granted") return false;
    try {
      const notice = new Notification(title, { body, tag, icon: ICON });
      this.shown.set(tag, notice);
      notice.onclick = () => {
        window.focus();
        this.end(tag);
        run?.();
      };
      notice.onclose = () => this.shown.delete(tag);
      return true;
    } catch (error) {
      console.warn("parlour: the browser shows no notification", error);
      return false;
    }
  }

  /** It is about nothing any more. @param {string} tag */
  end(tag) {
    this.shown.get(tag)?.close();
    this.shown.delete(tag);
  }

  /** Show one if nobody looks at this tab. @param {Notice} notice */
  call(notice) {
    return document.visibilityState === "hidden" && this.show(notice);
  }
}

// Notifications of the browser, for who does not look at this tab.

const ICON = "/app/static/parlour/look/icon.svg";

/** @typedef {{title: string, body: string, tag: string, run?: () => void}} Notice */

/** @type {Map<string, Notification>} */
const shown = new Map();

export const notices = {
  /** @returns {"granted" | "denied" | "default" | "missing"} */
  get state() {
    return "Notification" in globalThis ? Notification.permission : "missing";
  },

  /** Ask the person whether they may be shown; needs a click or a key before. */
  async ask() {
    if (notices.state === "default") await Notification.requestPermission();
    return notices.state;
  },

  /**
   * Show one, whoever looks; false where the browser does not let us. One with the same tag takes its place.
   * @param {Notice} notice
   */
  show({ title, body, tag, run }) {
    if (notices.state !== "granted") return false;
    try {
      const notice = new Notification(title, { body, tag, icon: ICON });
      shown.set(tag, notice);
      notice.onclick = () => {
        window.focus();
        notices.end(tag);
        run?.();
      };
      notice.onclose = () => shown.delete(tag);
      return true;
    } catch (error) {
      console.warn("parlour: the browser shows no notification", error);
      return false;
    }
  },

  /** It is about nothing any more. @param {string} tag */
  end(tag) {
    shown.get(tag)?.close();
    shown.delete(tag);
  },

  /** Show one if nobody looks at this tab. @param {Notice} notice */
  call(notice) {
    return document.visibilityState === "hidden" && notices.show(notice);
  },
};

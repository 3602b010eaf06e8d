// Where our origin may keep something in this browser: its storage, or, where a browser denies storage to framed pages
// (private windows do), a cookie of this site's partition. The server never reads it. Where neither works: nowhere.
const NAME = "parlour.chat";
const MOST = 3_900; // characters a cookie holds
const AGE = 90 * 24 * 3600; // seconds a cookie is kept

/** @typedef {{ read(): string | null, write(...texts: string[]): void, tab: { closed: boolean } }} Shelf `write` takes the
 * same thing in full and cut down, and keeps the first that fits; `tab` remembers whether this tab's window was closed */

/** @returns {Shelf} */
export function shelf() {
  try {
    localStorage.getItem(NAME);
    return storage();
  } catch {
    return cookie();
  }
}

/** @returns {Shelf} */
function storage() {
  return {
    read: () => localStorage.getItem(NAME),
    write(...texts) {
      for (const text of texts) {
        try {
          return localStorage.setItem(NAME, text);
        } catch {
          // It is full: the next one is smaller.
        }
      }
    },
    tab: {
      get closed() {
        return sessionStorage.getItem(NAME) === "closed";
      },
      set closed(closed) {
        sessionStorage.setItem(NAME, closed ? "closed" : "open");
      },
    },
  };
}

/** @returns {Shelf} */
function cookie() {
  const get = (/** @type {string} */ name) =>
    document.cookie
      .split("; ")
      .find((each) => each.startsWith(`${name}=`))
      ?.slice(name.length + 1) ?? null;
  const set = (/** @type {string} */ name, /** @type {string} */ value) => {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store is not in every browser
    document.cookie = `${name}=${value}; Path=/chat; Max-Age=${AGE}; Secure; SameSite=None; Partitioned`;
  };
  return {
    read: () => decodeURIComponent(get(NAME) ?? "") || null,
    write(...texts) {
      const fits = texts.map(encodeURIComponent).find(({ length }) => length <= MOST);
      if (fits) set(NAME, fits);
    },
    tab: {
      get closed() {
        return get(`${NAME}.window`) === "closed";
      },
      set closed(closed) {
        set(`${NAME}.window`, closed ? "closed" : "open");
      },
    },
  };
}

// The last check of a link before it is one. The server cuts texts into spans; this trusts none of them.
const ALLOWED = new Set(["http:", "https:", "mailto:"]);

/** The address if it is whole and of a kind that may be followed, else null. @param {string | undefined} href */
export function safeHref(href) {
  if (!href || !URL.canParse?.(href)) return null;
  return ALLOWED.has(new URL(href).protocol) ? href : null;
}

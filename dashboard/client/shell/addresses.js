// Addresses as people say them.

/** Without its scheme. @param {string} address */
export const short = (address) => address.replace(/^https?:\/\/(www\.)?/, "").replace(/\/$/, "");

/** Without its origin, which is the site's: where on the site it leads. @param {string} address */
export const path = (address) => address.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, "") || "/";

/** Its origin, which is the site's; "" where it has none. @param {string} address */
export const origin = (address) => address.slice(0, Math.max(0, address.length - path(address).length));

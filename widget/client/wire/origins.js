// Which of a site's origins an origin is one of: `engine/wire/origins.py` says the same, and one table tries both.

/** @param {string} origin as the browser says it @param {string[]} listed `https://*.example.org` is all that is below it */
export const matches = (origin, listed) => listed.some((one) => origin === one || isBelow(origin, one));

/** @param {string} origin @param {string} one */
function isBelow(origin, one) {
  const [front = "", name] = one.split("*.");
  return name !== undefined && origin.startsWith(front) && origin.endsWith(`.${name}`) && origin.length > `${front}.${name}`.length;
}

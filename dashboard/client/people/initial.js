// What is in a person's coloured disc: which of the colours, and the first sign of the name. Pure.

const HUES = 6; // in engine/look/tokens.css
const signs = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** A person's colour, the same everywhere. @param {string} visitor their ID */
export const hueOf = (visitor) => 1 + ([...visitor].reduce((sum, sign) => (sum * 31 + (sign.codePointAt(0) ?? 0)) % 9_973, 7) % HUES);

/**
 * @param {string | null} name as far as known
 * @param {string} handle what tells who has none from others
 */
export function initialOf(name, handle) {
  const [first] = signs.segment((name ?? "").trim());
  return first ? first.segment.toLocaleUpperCase() : handle.slice(-2);
}

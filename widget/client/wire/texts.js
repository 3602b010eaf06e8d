// The texts of what stands on the site's page, loaded when they are needed.

/**
 * @param {string} origin of the server @param {string} lang @param {string} only what their keys begin with
 * @returns {Promise<Record<string, string>>} in English where there is no such language
 */
export async function textsOf(origin, lang, only) {
  const answer = await fetch(`${origin}/widget/texts/${encodeURIComponent(lang)}.json?only=${only}`);
  return answer.ok || lang === "en" ? answer.json() : textsOf(origin, "en", only);
}

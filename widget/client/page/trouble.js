// What stands in the widget's way, looked into once something is amiss: said to the site's people in the console, and to the
// visitor who clicked in the sentence by the button.

import { textsOf } from "../wire/texts.js";

/**
 * @typedef {{ refused: boolean, framed: boolean, says: string }} Standing as widget/standing.py says it
 * @typedef {{ origin: string, site: string, lang: string, launcher: import("./launcher.js").Launcher }} Page
 */

const said = new Set(); // each once, however often it is looked into

/** @param {Page} page @param {boolean} clicked the window did not come up for somebody who wants it
 * @returns {Promise<boolean>} whether this page is nobody's: then it has no button */
export async function look(page, clicked) {
  const standing = await ask(page);
  if (standing?.says) say(standing.says);
  if (standing?.refused) page.launcher.root.host.remove();
  else if (standing && clicked) await tell(page, standing.framed);
  return standing?.refused === true;
}

/** @param {string} what */
function say(what) {
  if (!said.has(what)) console.warn("Parlour:", what);
  said.add(what);
}

/** @param {Page} page @returns {Promise<Standing | null>} null: the server does not answer */
async function ask({ origin, site }) {
  const question = new URLSearchParams({ site, at: location.origin });
  for (const frame of around()) question.append("in", frame);
  try {
    const answer = await fetch(`${origin}/widget/seen?${question}`);
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

/** The origins of the frames around the page; of a browser that does not tell them only that there are any. */
const around = () => [...(location.ancestorOrigins ?? (window === top ? [] : ["null"]))];

/** @param {Page} page @param {boolean} framed by pages of others */
async function tell({ origin, lang, launcher }, framed) {
  const texts = await textsOf(origin, lang, "trouble");
  launcher.say(texts[framed ? "trouble.framed" : "trouble.blocked"] ?? "");
  if (!framed) return say(`The chat's window was not let in; a Content-Security-Policy here needs “frame-src ${origin}”.`);
  const link = document.createElement("a");
  Object.assign(link, { href: location.href, target: "_blank", rel: "noopener", textContent: texts["trouble.alone"] ?? "" });
  launcher.note.append(" ", link);
}

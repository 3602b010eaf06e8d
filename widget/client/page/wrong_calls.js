// What a site's script may call, and with what: a wrong call is a sentence in its console, and no more. Pure.

const EVENTS = ["ready", "open", "close", "message", "started", "ended", "unread"];
const PERSON = ["user", "name", "email", "signature"];
const PLACE = ["right", "bottom"];

/** @type {Record<string, (...values: unknown[]) => string | undefined | false>} why a call is wrong */
const RULES = {
  identify: (who = {}) => no(who, "identify", PERSON) || values(who, PERSON, isText, "a text or a number"),
  update: (options = {}) => no(options, "update", PLACE) || values(options, PLACE, isNumber, "a number of pixels"),
  track: (name, parameters = {}) =>
    ((!isText(name) || !String(name).trim()) && `track() needs a name, as a text, and not ${said(name)}`) ||
    (!isObject(parameters) && `track() takes { name: value, … } beside its name, and not ${said(parameters)}`),
  on: (name, run) => listens("on", name, run),
  off: (name, run) => listens("off", name, run),
};

/** What is passed over of a call that is done all the same, or "". @param {unknown} name @param {unknown[]} given */
export function idle(name, [it]) {
  const known = { identify: PERSON, update: PLACE }[/** @type {"update"} */ (name)];
  const other = known && Object.keys(it ?? {}).find((key) => !known.includes(key));
  return other === undefined ? "" : `${name}() takes { ${known?.join(", ")} }, and passes over ${said(other)}`;
}

/** Why a call is wrong, or "". @param {object} does all that there are @param {unknown} name @param {unknown[]} given */
export function wrong(does, name, given) {
  if (typeof name !== "string" || !Object.hasOwn(does, name)) return `there is no call ${said(name)}`;
  return (Object.hasOwn(RULES, name) && RULES[name]?.(...given)) || "";
}

/** @param {unknown} it @param {string} call @param {string[]} known */
const no = (it, call, known) => !isObject(it) && `${call}() takes { ${known.join(", ")} }, and not ${said(it)}`;

/** @param {unknown} of @param {string[]} names @param {(value: unknown) => boolean} may @param {string} kind */
function values(of, names, may, kind) {
  const it = /** @type {Record<string, unknown>} */ (of);
  const bad = names.find((name) => it[name] !== undefined && it[name] !== null && !may(it[name]));
  return bad && `"${bad}" must be ${kind}, and not ${said(it[bad])}`;
}

/** @param {string} call @param {unknown} name @param {unknown} run */
function listens(call, name, run) {
  if (!EVENTS.includes(/** @type {string} */ (name))) return `there is no event ${said(name)}`;
  return typeof run !== "function" && `${call}("${name}", …) needs a function, and not ${said(run)}`;
}

const isObject = (/** @type {unknown} */ it) => typeof it === "object" && it !== null && !Array.isArray(it);
const isText = (/** @type {unknown} */ it) => ["string", "number", "bigint"].includes(typeof it);
const isNumber = (/** @type {unknown} */ it) => isText(it) && String(it).trim() !== "" && Number.isFinite(Number(it));

/** What was given, as one reads it. @param {unknown} it */
function said(it) {
  if (typeof it === "string") return `"${it.slice(0, 80)}"`;
  if (Array.isArray(it)) return "a list";
  return typeof it === "object" && it !== null ? "an object" : typeof it === "function" ? "a function" : String(it);
}

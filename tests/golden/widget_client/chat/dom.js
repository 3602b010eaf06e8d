// Elements from code. Text is always a text node: nothing in this house makes HTML of a string.

/** @typedef {Node | string | null | false | undefined} Child */

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag @param {Record<string, string | boolean | ((event: any) => void) | undefined>} attributes true: present;
 * false or undefined: absent; a function: listens to the event of that name
 * @param {Child[]} children @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== false && value !== undefined) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== false && child !== undefined));
  return element;
}

const PATHS = {
  close: "M6 6l12 12M18 6L6 18",
  send: "M5 12h13M13 6l6 6-6 6",
  clock: "M12 7v5l3 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Z",
  check: "m5 12.5 4.5 4.5L19 7.5",
  warning: "M12 8v5M12 16.5v.01M12 3 2.5 20h19L12 3Z",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4 20.5c.8-4 4-6 8-6s7.2 2 8 6",
  mail: "M3 6h18v12H3zM3.5 6.5 12 13l8.5-6.5",
  checks: "m2 12.5 4.5 4.5L16 7.5M11.5 16l1 1L22 7.5",
  pause: "M9 6v12M15 6v12",
  down: "M12 5v13M6 12.5l6 6 6-6",
};

/** A picture that says nothing to a screen reader: words stand beside it. @param {keyof typeof PATHS} name */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", `icon ${name}`);
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/** Set a text only if it differs, so that a screen reader is told of changes only. @param {Node} node @param {string} text */
export function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

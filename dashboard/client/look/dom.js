// Making elements. Text only ever becomes text: there is no way here to make markup of a string.

const SVG = "http://www.w3.org/2000/svg";

/** @typedef {Node | string | null | undefined | false} Child */

/**
 * An element with attributes, listeners (`onclick: …`) and children.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, any>} [attributes]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child) => child != null && child !== false).map((child) => /** @type {Node | string} */ (child)));
  return element;
}

/** @type {Record<string, string>} */
const SHAPES = {
  chat: "M4 5h16v11H9l-5 4z",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5l3 2",
  check: "M5 12l5 5 9-10",
  mail: "M3 6h18v12H3zM3 7l9 6 9-6",
  close: "M6 6l12 12M18 6L6 18",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  bell: "M6 17V11a6 6 0 0 1 12 0v6l2 1H4zM10 21h4",
  moon: "M20 14A8 8 0 1 1 10 4a7 7 0 0 0 10 10z",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.5 1.5M17.5 17.5L19 19M5 19l1.5-1.5M17.5 6.5L19 5",
  person: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M4 21c1-5 4-7 8-7s7 2 8 7",
  globe: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18",
  device: "M4 5h16v10H4zM9 20h6M12 15v5",
  arrow: "M5 12h14M13 6l6 6-6 6",
  download: "M12 4v11M7 11l5 5 5-5M5 20h14",
  first: "M18 6l-6 6 6 6M8 6v12",
  previous: "M15 6l-6 6 6 6",
  next: "M9 6l6 6-6 6",
  last: "M6 6l6 6-6 6M16 6v12",
  sort: "M8 10l4-4 4 4M8 14l4 4 4-4",
  seen: "M2 12l5 5 9-10M12 16l1 1 9-10",
  pause: "M8 5v14M16 5v14",
  sleep: "M5 6h6l-6 7h6M14 11h5l-5 6h5",
  ask: "M7 8a5 5 0 1 1 7 4.5c-1.5.8-2 1.5-2 3M12 20h.01",
  warning: "M12 4L3 20h18zM12 10v4M12 17h.01",
  archive: "M3 5h18v4H3zM5 9v10h14V9M10 13h4",
  copy: "M9 9h11v11H9zM15 5V4H4v11h1",
  away: "M4 4l16 16M8 5a9 9 0 0 1 12 11M5 8a9 9 0 0 0 11 12",
};

/**
 * A small line drawing beside a word; silent for screen readers.
 * @param {string} name
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", SHAPES[name] ?? "");
  svg.append(path);
  return svg;
}

/**
 * Change an element's text only where it differs, so that nothing is announced or selected anew.
 * @param {Element} element
 * @param {string} text
 */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * Put children into an order, moving only those that stand elsewhere.
 * @param {Element} parent
 * @param {Element[]} children
 */
export function arrange(parent, children) {
  let at = parent.firstElementChild;
  for (const child of children) {
    if (child === at) at = at.nextElementSibling;
    else parent.insertBefore(child, at);
  }
  while (at) {
    const next = at.nextElementSibling;
    at.remove();
    at = next;
  }
}

/**
 * Put other elements in the place of an element's children. Where one of them had the focus, the one that stands for
 * the same (`data-of`, and the place within) gets it, so that who goes by keys does not begin anew at each change.
 * @param {Element} parent
 * @param {Element[]} children
 */
export function renew(parent, children) {
  const held = focused();
  const before = [...parent.children].find((child) => child.contains(held));
  const place = before ? [...before.querySelectorAll(STOPS)].indexOf(/** @type {Element} */ (held)) : -1;
  parent.replaceChildren(...children);
  const after = before && children.find((child) => child instanceof HTMLElement && child.dataset.of === /** @type {HTMLElement} */ (before).dataset.of);
  if (after) /** @type {HTMLElement | undefined} */ ([...after.querySelectorAll(STOPS)][Math.max(0, place)])?.focus();
}

const STOPS = "a[href], button, [tabindex]";

/**
 * Let a list's items look like others, and stay the elements they are (`data-of`): one that was put in their place between
 * a press and its release would never hear of the click. Their listeners must not know what changes.
 * @param {Element} list
 * @param {HTMLElement[]} items
 */
export function update(list, items) {
  const there = new Map([...list.children].map((item) => [/** @type {HTMLElement} */ (item).dataset.of, item]));
  arrange(
    list,
    items.map((item) => {
      const stays = there.get(item.dataset.of);
      if (stays?.children.length !== item.children.length) return item;
      [...stays.children].forEach((part, n) => lookLike(part, /** @type {Element} */ (item.children[n])));
      return stays;
    }),
  );
}

/** @param {Element} element @param {Element} other */
function lookLike(element, other) {
  if (element.isEqualNode(other)) return;
  for (const name of element.getAttributeNames()) if (!other.hasAttribute(name)) element.removeAttribute(name);
  for (const { name, value } of other.attributes) element.setAttribute(name, value);
  const parts = [...other.childNodes];
  parts.forEach((part, n) => {
    const stays = element.childNodes[n];
    if (stays instanceof Element && part instanceof Element && stays.nodeName === part.nodeName) lookLike(stays, part);
    else if (stays) stays.replaceWith(part);
    else element.append(part);
  });
  while (element.childNodes.length > parts.length) element.lastChild?.remove();
}

/** Where the focus goes when what had it is gone: the heading of what is shown. */
export function focusHeading() {
  const heading = document.getElementById("heading");
  heading?.setAttribute("tabindex", "-1");
  heading?.focus();
}

/** The element that has the focus, whatever shadow root it is in. @returns {Element | null} */
export function focused() {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}

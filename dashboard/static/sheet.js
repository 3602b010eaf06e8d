// The components' stylesheet, read once and shared by all their shadow roots.

const sheet = new CSSStyleSheet();
sheet.replaceSync(await (await fetch("/app/static/parlour/parts.css")).text());

/**
 * Give a component's shadow root the stylesheet.
 * @param {Element} element an element inside the component
 */
export function styled(element) {
  const root = element.getRootNode();
  if (root instanceof ShadowRoot && !root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
}

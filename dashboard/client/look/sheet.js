// The components' stylesheets, read once and shared by all their shadow roots. A class is styled by itself in one of them
// alone, others style it within a class of their own (`tests/dashboard/test_sheets.py`): so no component's rule finds another's.

const NAMES = ["parts", "boards", "overview", "people", "talk", "past", "tables", "summary", "dialogs", "awaited"];

const sheets = await Promise.all(
  NAMES.map(async (name) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(await (await fetch(`/app/static/parlour/look/${name}.css`)).text());
    return sheet;
  }),
);

/**
 * Give a component's shadow root the stylesheets.
 * @param {Element} element an element inside the component
 */
export function styled(element) {
  const root = element.getRootNode();
  if (root instanceof ShadowRoot && !root.adoptedStyleSheets.includes(/** @type {CSSStyleSheet} */ (sheets[0]))) root.adoptedStyleSheets.push(...sheets);
}

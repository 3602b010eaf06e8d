// The cart: kept in this browser, shown in the bar and on the cart's page.
const NAME = "fernweh.cart";

/** @returns {Record<string, number>} pieces by product */
function cart() {
  try {
    return JSON.parse(localStorage.getItem(NAME) ?? "{}");
  } catch {
    return {};
  }
}

/** @param {string} slug @param {number} pieces */
function put(slug, pieces) {
  const now = { ...cart(), [slug]: pieces };
  localStorage.setItem(NAME, JSON.stringify(Object.fromEntries(Object.entries(now).filter(([, count]) => count > 0))));
  show();
}

/** @param {string} selector @returns {HTMLElement | null} */
const find = (selector) => document.querySelector(selector);

function show() {
  const held = cart();
  const count = Object.values(held).reduce((sum, pieces) => sum + pieces, 0);
  const badge = find("[data-count]");
  if (badge) {
    badge.textContent = String(count);
    badge.hidden = !count;
  }
  find("[data-empty]")?.toggleAttribute("hidden", count > 0);
  find("[data-cart]")?.toggleAttribute("hidden", count === 0);
  let total = 0;
  for (const line of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-slug]"))) {
    const pieces = held[line.dataset.slug ?? ""] ?? 0;
    const sum = pieces * Number(line.dataset.price);
    const input = line.querySelector("input");
    const shown = line.querySelector("[data-sum]");
    total += sum;
    line.hidden = !pieces;
    if (input && input !== document.activeElement) input.value = String(pieces);
    if (shown) shown.textContent = `${sum} €`;
  }
  const all = find("[data-total]");
  if (all) all.textContent = `${total} €`;
}

document.addEventListener("click", ({ target }) => {
  if (!(target instanceof HTMLElement)) return;
  const { add, order } = target.dataset;
  if (add) {
    put(add, (cart()[add] ?? 0) + 1);
    window.Parlour?.("track", "added to cart", { product: add });
    const said = find("[data-added]");
    if (said) said.textContent = "It is in your cart.";
  }
  const said = order === undefined ? null : find("[data-ordered]");
  if (said) said.textContent = "This is a demonstration: nothing is sold here.";
});

document.addEventListener("change", ({ target }) => {
  const slug = target instanceof HTMLInputElement && target.closest("li")?.dataset.slug;
  if (slug) put(slug, Number(target.value));
});

addEventListener("storage", show);
show();

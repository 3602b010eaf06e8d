// The one-time code comes in the address's fragment, which no browser sends, and goes on in the form only.
// A form that was refused comes back without the fragment: the code waits in this tab's storage.

const KEY = "parlour.setup";
const code = location.hash.slice(1) || sessionStorage.getItem(KEY) || "";
if (location.hash) history.replaceState(null, "", location.pathname);
sessionStorage.setItem(KEY, code);
const field = /** @type {HTMLInputElement} */ (document.getElementById("code"));
const missing = /** @type {HTMLElement} */ (document.getElementById("no-code"));
field.value = code;
missing.hidden = code !== "";

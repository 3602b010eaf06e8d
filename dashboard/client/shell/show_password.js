// "Show" beside a password: what was typed can be read. It is hidden again before it is sent, lest a browser keep it as text.

for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("button.show"))) {
  const field = /** @type {HTMLInputElement} */ (document.getElementById(button.getAttribute("aria-controls") ?? ""));
  const show = (/** @type {boolean} */ shown) => {
    field.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
  };
  button.addEventListener("click", () => {
    show(field.type === "password");
    field.focus();
  });
  field.form?.addEventListener("submit", () => show(false));
  button.hidden = false;
}

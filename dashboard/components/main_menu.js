// The theme's button and "Main menu" with the operator's name, the list of keys and "Sign out".

import { openDialog } from "/app/static/parlour/shell/dialog.js";
import { h, icon } from "/app/static/parlour/look/dom.js";
import { me, t } from "/app/static/parlour/shell/facts.js";
import { attach } from "/app/static/parlour/shell/live.js";
import { openMenu } from "/app/static/parlour/shell/menu.js";
import { sections, store } from "/app/static/parlour/page.js";
import { bare, LIST } from "/app/static/parlour/shell/shortcuts.js";

const THEME = "parlour.theme";
const system = matchMedia("(prefers-color-scheme: dark)");

const isDark = () => (document.documentElement.dataset.theme ? document.documentElement.dataset.theme === "dark" : system.matches);

/** @param {import("/app/static/parlour/shell/live.js").Parts} parts */
export function render(parts) {
  const theme = h("button", { type: "button", class: "icon-button", "aria-label": t("theme.dark") });
  const menu = h("button", { type: "button", class: "quiet-button", "aria-haspopup": "menu", "aria-expanded": "false" }, t("menu.main"));

  const draw = () => {
    theme.setAttribute("aria-pressed", String(isDark()));
    theme.title = t(isDark() ? "theme.to-light" : "theme.to-dark");
    theme.replaceChildren(icon(isDark() ? "sun" : "moon"));
    parts.model.send_msg({ t: "theme", dark: isDark() });
  };
  theme.addEventListener("click", () => {
    const chosen = isDark() ? "light" : "dark";
    document.documentElement.dataset.theme = chosen;
    localStorage.setItem(THEME, chosen);
    draw();
  });
  menu.addEventListener("click", () => {
    const head = h("p", { class: "menu-head" }, h("strong", {}, me.name), h("span", {}, t(`role.${me.role}`)));
    openMenu(
      menu,
      [
        { label: t("keys.title"), run: keys },
        { label: t("sign-out"), run: signOut },
      ],
      { label: t("menu.main"), head },
    );
  });
  /** @type {HTMLDialogElement | null} */
  let help = null;
  const keys = () => {
    if (help?.open) return help.close();
    const close = h("button", { type: "button", class: "primary", onclick: () => help?.close() }, t("close"));
    help = openDialog(menu.getRootNode(), t("keys.title"), { kind: "keys" }, keyList(), h("div", { class: "actions" }, close));
    close.focus();
  };
  system.addEventListener("change", draw);
  const end = bare("?", keys);
  attach(parts, {
    stop: () => {
      end();
      system.removeEventListener("change", draw);
    },
  });
  draw();
  return h("div", { class: "corner" }, theme, menu);
}

function keyList() {
  /** @type {[keys: string[], said: string][]} */
  const all = [
    ...sections.titles.map((title, n) => /** @type {[string[], string]} */ ([["Alt", `${n + 1}`], title])),
    ...LIST.map(([keys, text]) => /** @type {[string[], string]} */ ([keys, t(text)])),
  ];
  const rows = all.map(([keys, said]) => [h("dt", {}, ...keys.map((key) => h("kbd", {}, key))), h("dd", {}, said)]);
  return h("dl", { class: "key-list" }, ...rows.flat());
}

function signOut() {
  store.forget();
  /** @type {HTMLFormElement} */ (document.getElementById("sign-out")).submit();
}

export default { render };

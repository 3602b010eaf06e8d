// "Engage in communication": the dialog in which an operator invites a visitor who is on the site.

import { openDialog } from "../shell/dialog.js";
import { h } from "../look/dom.js";
import { me, t } from "../shell/facts.js";
import { refusal } from "../shell/refusal.js";

/**
 * Open it with the text filled in and selected.
 * @param {Node} home the shadow root to stand in
 * @param {{called: string, invite: (text: string) => Promise<import("../wire.js").Outcome>, back: () => HTMLElement}} parts
 *   `called`: what the visitor is called; `back`: where the focus goes when what opened it is gone
 */
export function openInvitation(home, { called, invite, back }) {
  const box = h("textarea", { "aria-label": t("invite.text"), rows: "5" });
  const problem = h("p", { role: "alert", class: "problem" });
  const send = h("button", { type: "submit", class: "primary" }, t("live.send"));
  const cancel = h("button", { type: "button", class: "plain" }, t("cancel"));
  const form = h(
    "form",
    { class: "invite" },
    h("p", { class: "quiet" }, t("invite.lead", { visitor: called })),
    box,
    problem,
    h("div", { class: "actions" }, cancel, send),
  );
  const dialog = openDialog(home, t("invite"), { kind: "inviting", back }, form);
  box.value = t("invite.default").replaceAll("%name%", () => me.name);
  const typed = () => (send.disabled = box.value.trim() === "");

  let busy = false;

  const submit = async () => {
    if (busy || send.disabled) return;
    problem.replaceChildren();
    busy = true; // not disabled: a button that is loses the focus
    const outcome = await invite(box.value);
    busy = false;
    if (outcome.outcome === "done") return dialog.close();
    problem.replaceChildren(...refusal(outcome));
    typed();
    box.focus();
  };
  box.addEventListener("input", typed);
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    submit();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  cancel.addEventListener("click", () => dialog.close());
  box.focus();
  box.select();
  return dialog;
}

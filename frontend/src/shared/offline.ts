import { h } from "./dom";
import { t } from "./i18n";
import type { Socket } from "./socket";

// A blink of the network is not worth a bar.
const PATIENCE = 1500;

function endNotice(text: string): void {
  const again = h("a", { class: "button button-primary", href: location.href }, t("Reload"));
  const dialog = h("dialog", { "aria-labelledby": "ended-title" });
  dialog.append(
    h("div", { class: "dialog-head" }, h("h2", { id: "ended-title" }, text)),
    h("div", { class: "dialog-body" }, t("Copy what you have not saved before you reload.")),
    h("div", { class: "dialog-foot" }, h("button", { class: "button", type: "button", "data-close": true }, t("Close")), again),
  );
  document.body.append(dialog);
  dialog.showModal();
}

/** Show a bar while the page has no connection; say when it has ended for good. */
export function watchConnection(socket: Socket): void {
  const bar = h("div", { class: "offline-bar", role: "status" });
  bar.hidden = true;
  document.body.append(bar);
  let timer: ReturnType<typeof setTimeout> | undefined;
  socket.onDropped(() => endNotice(t("You are no longer a member of this project.")));
  socket.onStatus((status) => {
    clearTimeout(timer);
    bar.hidden = true;
    if (status === "signed-out") endNotice(t("You have been signed out."));
    if (status !== "offline") return;
    timer = setTimeout(() => {
      bar.textContent = t("Connection lost. Trying again; nothing you see is lost.");
      bar.hidden = false;
    }, PATIENCE);
  });
}

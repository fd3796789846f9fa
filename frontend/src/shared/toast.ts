import { h, icon } from "./dom";
import { t } from "./i18n";

export type ToastKind = "info" | "good" | "bad";

const SHOWN_FOR = 6000;

function region(): HTMLElement {
  const found = document.getElementById("toasts");
  if (found) return found;
  const made = h("ul", { id: "toasts", class: "toasts", "aria-live": "polite" });
  document.body.append(made);
  return made;
}

/** Say something for some seconds; errors stay until closed. */
export function toast(text: string, kind: ToastKind = "info", hint: string | null = null): void {
  const close = h("button", { type: "button", class: "button button-quiet button-icon button-small", "aria-label": t("Close") }, icon("x"));
  const body = h("p", {}, text, hint ? h("span", { class: "help" }, ` ${hint}`) : null);
  const item = h("li", { class: `toast toast-${kind}` }, body, close);
  close.addEventListener("click", () => item.remove());
  if (kind !== "bad") setTimeout(() => item.remove(), SHOWN_FOR);
  region().append(item);
}

/** Say what went wrong, in the server's own words where it gave some. */
export function toastError(error: unknown): void {
  const known = error as { message?: string; hint?: string | null };
  toast(known.message ?? t("Something went wrong."), "bad", known.hint ?? null);
}

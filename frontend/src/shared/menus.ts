// Small behaviours of plain HTML: menus close, dialogs open, forms ask before a deed.

import { t } from "./i18n";

function closeMenus(except: Node | null): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
    if (!except || !menu.contains(except)) menu.open = false;
  }
}

function onKey(event: KeyboardEvent): void {
  if (event.key !== "Escape") return;
  const open = document.querySelector<HTMLDetailsElement>("details.menu[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary")?.focus();
}

function onClick(event: MouseEvent): void {
  const target = event.target as Element;
  closeMenus(target);
  const opener = target.closest<HTMLElement>("[data-dialog]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset["dialog"] ?? "");
    if (dialog instanceof HTMLDialogElement) dialog.showModal();
  }
  if (target.closest("[data-close]")) target.closest("dialog")?.close();
  if (target.closest("[data-dismiss]")) target.closest("[data-dismissable]")?.remove();
}

function onSubmit(event: SubmitEvent): void {
  // A script that sends the form itself has said so by now.
  if (event.defaultPrevented) return;
  const form = event.target as HTMLFormElement;
  const question = form.dataset["confirm"];
  if (question && !confirm(question)) event.preventDefault();
  else lockButtons(form);
}

/** A second click must not send a form twice; the buttons wake again if the page comes back. */
function lockButtons(form: HTMLFormElement): void {
  if (form.method === "dialog" || form.hasAttribute("hx-get")) return;
  setTimeout(() => {
    for (const button of form.querySelectorAll<HTMLButtonElement>("button[type=submit]")) {
      button.disabled = true;
    }
  });
}

function unlockButtons(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("form button[type=submit]")) {
    button.disabled = false;
  }
}

/** Choices that submit themselves (language, theme, role) keep a button for lack of JavaScript. */
function onChange(event: Event): void {
  const field = event.target as HTMLElement;
  if (field.hasAttribute("data-autosubmit")) (field as HTMLSelectElement).form?.requestSubmit();
}

function labelTimes(): void {
  const format = new Intl.DateTimeFormat(document.documentElement.lang, {
    dateStyle: "medium",
    timeStyle: "short",
  });
  for (const time of document.querySelectorAll<HTMLTimeElement>("time[datetime]")) {
    const date = new Date(time.dateTime);
    if (!Number.isNaN(date.getTime())) time.title = t("{time} your time", { time: format.format(date) });
  }
}

export function startMenus(): void {
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onClick);
  document.addEventListener("submit", onSubmit);
  document.addEventListener("change", onChange);
  window.addEventListener("pageshow", (event) => event.persisted && unlockButtons());
  labelTimes();
}

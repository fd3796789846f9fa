import { request } from "./api";

type Theme = "light" | "dark" | "system";

const YEAR = 365 * 24 * 3600;

function isDark(): boolean {
  const chosen = document.documentElement.dataset["theme"];
  return chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
}

function mark(): void {
  const chosen = document.documentElement.dataset["theme"] ?? "system";
  for (const button of document.querySelectorAll<HTMLElement>("[data-theme-choice]")) {
    if (button.dataset["themeChoice"] === chosen) button.setAttribute("aria-pressed", "true");
    else button.removeAttribute("aria-pressed");
  }
}

/** Show a theme now, keep it on this device, and in the account of who is signed in. */
export function setTheme(theme: Theme): void {
  document.documentElement.dataset["theme"] = theme;
  document.cookie = `theme=${theme}; path=/; max-age=${YEAR}; samesite=lax`;
  mark();
  if (document.body.hasAttribute("data-signed-in")) {
    // The cookie already keeps it here; the account only carries it to other devices.
    request("PATCH", "/api/v1/me/", { theme }).catch(() => undefined);
  }
}

export function startTheme(): void {
  mark();
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-theme-choice]");
    if (!button) return;
    const choice = button.dataset["themeChoice"];
    setTheme(choice === "toggle" ? (isDark() ? "light" : "dark") : (choice as Theme));
    const menu = button.closest<HTMLDetailsElement>("details.menu");
    if (menu) menu.open = false;
  });
}

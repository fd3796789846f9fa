// The tabs pattern: arrow keys move, Home and End jump, the panel follows.

function select(tabs: HTMLElement[], chosen: HTMLElement, focus: boolean): void {
  for (const tab of tabs) {
    const on = tab === chosen;
    tab.setAttribute("aria-selected", String(on));
    tab.tabIndex = on ? 0 : -1;
    const panel = document.getElementById(tab.getAttribute("aria-controls") ?? "");
    if (panel) panel.hidden = !on;
  }
  if (focus) chosen.focus();
  chosen.dispatchEvent(new CustomEvent("tab:shown", { bubbles: true }));
}

function step(tabs: HTMLElement[], from: number, key: string): number {
  if (key === "ArrowRight") return (from + 1) % tabs.length;
  if (key === "ArrowLeft") return (from + tabs.length - 1) % tabs.length;
  if (key === "Home") return 0;
  if (key === "End") return tabs.length - 1;
  return -1;
}

export function makeTabs(root: ParentNode): void {
  for (const list of root.querySelectorAll<HTMLElement>("[role=tablist]")) {
    const tabs = [...list.querySelectorAll<HTMLElement>("[role=tab]")];
    tabs.forEach((tab, index) => {
      tab.addEventListener("click", () => select(tabs, tab, false));
      tab.addEventListener("keydown", (event) => {
        const next = tabs[step(tabs, index, event.key)];
        if (!next) return;
        event.preventDefault();
        select(tabs, next, true);
      });
    });
    const first = tabs.find((tab) => tab.getAttribute("aria-selected") === "true") ?? tabs[0];
    if (first) select(tabs, first, false);
  }
}

export function showTab(id: string): void {
  document.getElementById(id)?.click();
}

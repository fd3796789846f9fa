import { h, icon } from "../shared/dom";
import { t } from "../shared/i18n";

/** A drop-down of check boxes; calls back with the names that are off. */
export function filterMenu(label: string, names: readonly string[], shown: (name: string) => string, onChange: (hidden: Set<string>) => void): HTMLElement {
  const boxes = names.map((name) => h("input", { type: "checkbox", value: name, checked: true }));
  const report = (): void => onChange(new Set(boxes.filter((box) => !box.checked).map((box) => box.value)));
  const setAll = (on: boolean): void => {
    for (const box of boxes) box.checked = on;
    report();
  };
  const all = h("button", { type: "button", class: "button button-quiet button-small" }, t("All"));
  const none = h("button", { type: "button", class: "button button-quiet button-small" }, t("None"));
  all.addEventListener("click", () => setAll(true));
  none.addEventListener("click", () => setAll(false));
  const rows = boxes.map((box) => h("label", { class: "check" }, box, shown(box.value)));
  const panel = h("div", { class: "menu-panel filter-panel" }, h("div", { class: "actions" }, all, none), ...rows);
  panel.addEventListener("change", report);
  return h("details", { class: "menu filter" }, h("summary", {}, icon("filter"), label, icon("chevron")), panel);
}

// Choosing what to vary: object and property from the version itself, added as a line of text.

import { get } from "../shared/api";
import { find, h, icon } from "../shared/dom";
import { number, t, tn } from "../shared/i18n";
import { toastError } from "../shared/toast";
import { type Choice, lineOf, scenarioCount, suggestion, valuesOf } from "../experiment/design";

const NO_VERSION = "00000000-0000-0000-0000-000000000000";

function field(label: string, control: HTMLInputElement | HTMLSelectElement): HTMLElement {
  return h("div", { class: "field" }, h("label", { for: control.id }, label), control);
}

class Picker {
  private choices: Choice[] = [];
  private readonly object = h("select", { id: "pick-object" });
  private readonly property = h("select", { id: "pick-property" });
  private readonly values = h("input", { id: "pick-values", type: "text", autocomplete: "off" });
  private readonly add = h("button", { type: "button", class: "button" }, icon("plus"), t("Add"));

  constructor(readonly place: HTMLElement, private readonly onAdd: (line: string) => void) {
    this.object.addEventListener("change", () => this.showProperties());
    this.property.addEventListener("change", () => this.showValue());
    this.values.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      this.take();
    });
    this.add.addEventListener("click", () => this.take());
    place.replaceChildren(field(t("Object"), this.object), field(t("Property"), this.property), field(t("Values"), this.values), this.add);
  }

  show(choices: Choice[]): void {
    this.choices = choices;
    this.place.hidden = choices.length === 0;
    this.object.replaceChildren(...choices.map((choice) => h("option", { value: choice.object }, choice.object)));
    const tunable = choices.find((choice) => choice.properties.some((found) => found.name === "ProcessTime" && found.value));
    if (tunable) this.object.value = tunable.object;
    this.showProperties();
  }

  private chosen(): Choice | undefined {
    return this.choices.find((choice) => choice.object === this.object.value);
  }

  private showProperties(): void {
    const rows = this.chosen()?.properties ?? [];
    const label = (name: string, value: string | null): string => (value === null ? name : `${name} (${value})`);
    this.property.replaceChildren(...rows.map(({ name, value }) => h("option", { value: name }, label(name, value))));
    this.showValue();
  }

  private showValue(): void {
    const row = this.chosen()?.properties.find(({ name }) => name === this.property.value);
    this.values.value = suggestion(row?.value ?? null);
  }

  private take(): void {
    if (!this.object.value || valuesOf(this.values.value).length === 0) this.values.focus();
    else this.onAdd(lineOf(this.object.value, this.property.value, this.values.value));
  }
}

function sizeText(root: HTMLElement): string {
  const value = (name: string): string => find<HTMLInputElement>(`[name=${name}]`, root).value;
  const withBase = find<HTMLInputElement>("[name=with_base]", root).checked;
  const scenarios = scenarioCount(value("parameters"), value("arrangement") === "grid", withBase);
  const runs = number(scenarios * Math.max(1, Number(value("replications"))));
  return `${tn("{n} scenario", "{n} scenarios", scenarios)} · ${t("{runs} runs", { runs })}`;
}

export function mount(root: HTMLElement): void {
  const url = root.dataset["url"] ?? "";
  const version = find<HTMLSelectElement>("[name=version]", root);
  const lines = find<HTMLTextAreaElement>("[name=parameters]", root);
  const size = find("[data-size]", root);
  const resize = (): void => {
    size.textContent = sizeText(root);
  };
  const picker = new Picker(find("[data-picker]", root), (line) => {
    lines.value = [lines.value.trimEnd(), line].filter(Boolean).join("\n");
    resize();
  });
  const load = (): void => {
    get<Choice[]>(url.replace(NO_VERSION, version.value)).then((choices) => picker.show(choices), toastError);
  };
  version.addEventListener("change", load);
  root.addEventListener("input", resize);
  resize();
  load();
}

import { h, icon } from "../shared/dom";
import { t } from "../shared/i18n";
import { type RunSettings, attempt, startRun } from "./actions";
import { getStudio } from "./state";

const UNITS = { s: 1, min: 60, h: 3600, d: 86_400 } as const;
type Unit = keyof typeof UNITS;

export function inSeconds(value: string, unit: string): number {
  return Number(value) * (unit in UNITS ? UNITS[unit as Unit] : 1);
}

/** What is wrong with the settings, or null. */
export function settingsError(settings: RunSettings): string | null {
  const { until, warmup, replications, seed } = settings;
  if (!Number.isFinite(until) || until <= 0) return t("The horizon must be longer than nothing.");
  if (!Number.isFinite(warmup) || warmup < 0) return t("The warm-up cannot be negative.");
  if (warmup >= until) return t("The warm-up must end before the horizon.");
  if (!Number.isInteger(replications) || replications < 1) return t("Ask for at least one replication.");
  if (!Number.isInteger(seed) || seed < 0) return t("The seed is a whole number from 0 up.");
  return null;
}

function timeField(id: string, label: string, value: string, unit: Unit): HTMLElement {
  const names: Record<Unit, string> = { s: t("seconds"), min: t("minutes"), h: t("hours"), d: t("days") };
  const options = (Object.keys(UNITS) as Unit[]).map((key) => h("option", { value: key }, names[key]));
  const input = h("input", { id, name: id, type: "number", min: 0, step: "any", value, inputmode: "decimal", required: true });
  const select = h("select", { name: `${id}-unit`, "aria-label": t("Unit of {field}", { field: label }) }, ...options);
  select.value = unit;
  return h("div", { class: "field" }, h("label", { for: id }, label), h("div", { class: "with-unit" }, input, select));
}

function countField(id: string, label: string, value: string): HTMLElement {
  return h("div", { class: "field" }, h("label", { for: id }, label), h("input", { id, name: id, type: "number", min: id === "seed" ? 0 : 1, step: 1, value, inputmode: "numeric", required: true }));
}

export function readSettings(form: HTMLFormElement): RunSettings {
  const data = new FormData(form);
  const text = (name: string): string => {
    const value = data.get(name);
    return typeof value === "string" ? value : "";
  };
  return {
    until: inSeconds(text("horizon"), text("horizon-unit")),
    warmup: inSeconds(text("warmup"), text("warmup-unit")),
    replications: Number(text("replications")),
    seed: Number(text("seed")),
  };
}

export function runForm(): HTMLElement {
  const { store } = getStudio();
  const error = h("p", { class: "field-error", role: "alert" });
  const send = h("button", { type: "submit", class: "button button-primary" }, icon("play"), h("span", {}, t("Run")));
  const rows = [
    h("div", { class: "field-row" }, timeField("horizon", t("Horizon"), "8", "h"), timeField("warmup", t("Warm-up"), "0", "min")),
    h("div", { class: "field-row" }, countField("replications", t("Replications"), "10"), countField("seed", t("Seed"), "1")),
  ];
  const form = h("form", { class: "form run-form", novalidate: true }, ...rows, error, send);
  store.watch(["shown", "diagnostics", "dirty"], ({ shown, dirty }) => {
    send.disabled = !shown;
    const label = shown ? t("Run version {n}", { n: shown.number }) : t("Run");
    send.querySelector("span")?.replaceChildren(dirty ? `${label} (${t("without unsaved changes")})` : label);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { shown } = store.get();
    const settings = readSettings(form);
    error.textContent = settingsError(settings) ?? "";
    if (!shown || error.textContent) return;
    send.disabled = true;
    void attempt(() => startRun(shown, settings)).finally(() => (send.disabled = false));
  });
  return form;
}

import { t } from "./i18n";

/** FlexSim's state numbers → the name used in styles and in the statistics. */
export const STATE_NAMES: Readonly<Record<number, string>> = {
  1: "idle", 2: "processing", 3: "busy", 4: "blocked", 5: "generating", 6: "empty",
  7: "collecting", 8: "releasing", 9: "waiting for operator", 10: "waiting for transport",
  11: "breakdown", 12: "scheduled down", 13: "conveying", 14: "travel empty",
  15: "travel loaded", 16: "offset travel empty", 17: "offset travel loaded", 18: "loading",
  19: "unloading", 20: "down", 21: "setup", 22: "utilize", 23: "full",
};

const COLOURS: Readonly<Record<number, string>> = {
  1: "idle", 2: "processing", 3: "busy", 4: "blocked", 5: "generating", 6: "empty",
  7: "collecting", 8: "releasing", 9: "waiting", 10: "waiting", 11: "down", 12: "down",
  13: "busy", 14: "busy", 15: "processing", 16: "busy", 17: "processing", 18: "setup",
  19: "setup", 20: "down", 21: "setup", 22: "processing", 23: "full",
};

/** The class suffix that colours a state (styles: .state-<suffix>). */
export function stateClass(state: number): string {
  return COLOURS[state] ?? "idle";
}

const labels: Readonly<Record<string, () => string>> = {
  idle: () => t("idle"),
  processing: () => t("processing"),
  busy: () => t("busy"),
  blocked: () => t("blocked"),
  generating: () => t("generating"),
  empty: () => t("empty"),
  collecting: () => t("collecting"),
  releasing: () => t("releasing"),
  "waiting for operator": () => t("waiting for operator"),
  "waiting for transport": () => t("waiting for transport"),
  breakdown: () => t("breakdown"),
  down: () => t("down"),
  setup: () => t("setup"),
  full: () => t("full"),
  "scheduled down": () => t("scheduled down"),
  conveying: () => t("conveying"),
  "travel empty": () => t("travel empty"),
  "travel loaded": () => t("travel loaded"),
  "offset travel empty": () => t("offset travel empty"),
  "offset travel loaded": () => t("offset travel loaded"),
  loading: () => t("loading"),
  unloading: () => t("unloading"),
  utilize: () => t("utilize"),
  "not empty": () => t("not empty"),
};

export function stateLabel(state: number | string): string {
  const name = typeof state === "number" ? (STATE_NAMES[state] ?? String(state)) : state.replaceAll("_", " ");
  return labels[name]?.() ?? name;
}

/** The resolved colour of a state, for charts, which cannot read CSS variables. */
export function stateColour(suffix: string): string {
  const probe = document.createElement("span");
  probe.className = `state-probe state-${suffix}`;
  document.body.append(probe);
  const colour = getComputedStyle(probe).backgroundColor;
  probe.remove();
  return colour;
}

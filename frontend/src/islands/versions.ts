// All versions of the draft, newest first: look at, compare, turn back to.

import { h, icon } from "../shared/dom";
import { when } from "../shared/format";
import { t } from "../shared/i18n";
import { showTab } from "../shared/tabs";
import type { Version } from "../shared/types";
import { attempt, restore, show } from "../studio/actions";
import { openCompare } from "../studio/compare";
import { getStudio, latest, type StudioState } from "../studio/state";

const EXCERPT = 140;

function describe(version: Version, versions: readonly Version[]): string {
  const parent = versions.find((known) => known.id === version.parent);
  if (version.origin === "restored") return t("Back to version {n}", { n: parent?.number ?? "?" });
  if (version.origin === "edited") return t("Script edited by hand");
  if (version.origin === "imported") return t("Imported script");
  const text = version.prompt.trim();
  return text.length > EXCERPT ? `${text.slice(0, EXCERPT)}…` : text || t("Generated script");
}

function buttons(version: Version, state: StudioState): HTMLElement {
  const { may } = getStudio();
  const look = h("button", { type: "button", class: "button button-small", "aria-label": t("Show version {n}", { n: version.number }) }, t("Show"));
  look.addEventListener("click", () => void attempt(() => show(version)).then(() => showTab("tab-script")));
  const bar = h("div", { class: "actions" }, look);
  if (state.versions.length > 1) {
    const compare = h("button", { type: "button", class: "button button-small", "aria-label": t("Compare version {n}", { n: version.number }) }, icon("diff"), t("Compare"));
    compare.addEventListener("click", () => void attempt(() => openCompare(version)));
    bar.append(compare);
  }
  if (may.edit && latest(state.versions)?.id !== version.id) {
    const back = h("button", { type: "button", class: "button button-small", "aria-label": t("Restore version {n}", { n: version.number }) }, icon("undo"), t("Restore"));
    back.addEventListener("click", () => void attempt(() => restore(version)));
    bar.append(back);
  }
  return bar;
}

function row(version: Version, state: StudioState): HTMLElement {
  const newest = latest(state.versions)?.id === version.id;
  const errors = version.diagnostics.some((found) => found.severity === "error");
  const head = h(
    "div",
    { class: "version-head" },
    h("strong", {}, t("Version {n}", { n: version.number })),
    newest ? h("span", { class: "badge badge-accent" }, t("current")) : null,
    state.shown?.id === version.id ? h("span", { class: "badge" }, t("shown")) : null,
    errors ? h("span", { class: "badge badge-bad" }, t("has errors")) : null,
  );
  const who = version.author?.name ?? t("Model");
  const meta = h("p", { class: "meta" }, h("span", {}, who), h("time", { datetime: version.created_at }, when(version.created_at)));
  return h("li", { class: "version-row", "data-version": version.number }, head, h("p", { class: "version-text" }, describe(version, state.versions)), meta, buttons(version, state));
}

export function mount(root: HTMLElement): void {
  const { store } = getStudio();
  const list = h("ol", { class: "version-list", reversed: true });
  const empty = h("div", { class: "empty empty-small" }, icon("layers", "icon icon-large"), h("p", {}, t("Every answer of the model and every saved edit becomes a version here.")));
  root.replaceChildren(empty, list);
  store.watch(["versions", "shown"], (state) => {
    const newestFirst = [...state.versions].sort((a, b) => b.number - a.number);
    list.replaceChildren(...newestFirst.map((version) => row(version, state)));
    empty.hidden = newestFirst.length > 0;
  });
}

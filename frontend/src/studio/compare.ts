import { type DiffLine, diffLines, withContext } from "../shared/diff";
import { h, icon } from "../shared/dom";
import { t, tn } from "../shared/i18n";
import type { Version } from "../shared/types";
import { attempt, withSource } from "./actions";
import { getStudio } from "./state";

const SIGNS = { same: " ", added: "+", removed: "−" } as const;

function lineRow(line: DiffLine | null): HTMLElement {
  if (!line) return h("tr", { class: "diff-gap" }, h("td", { colspan: 4 }, "⋯"));
  const spoken = line.kind === "added" ? t("added") : line.kind === "removed" ? t("removed") : "";
  return h(
    "tr",
    { class: `diff-${line.kind}` },
    h("td", { class: "diff-number" }, line.left ?? ""),
    h("td", { class: "diff-number" }, line.right ?? ""),
    h("td", { class: "diff-sign" }, h("span", { "aria-hidden": "true" }, SIGNS[line.kind]), h("span", { class: "visually-hidden" }, spoken)),
    h("td", {}, h("code", {}, line.text || " ")),
  );
}

export function diffTable(before: string, after: string): HTMLElement {
  const lines = diffLines(before, after);
  const added = lines.filter((line) => line.kind === "added").length;
  const removed = lines.filter((line) => line.kind === "removed").length;
  if (added + removed === 0) return h("p", { class: "help" }, t("The two scripts are the same."));
  const summary = `${tn("{n} line added", "{n} lines added", added)}, ${tn("{n} line removed", "{n} lines removed", removed)}`;
  const rows = withContext(lines).map(lineRow);
  const table = h("table", { class: "diff" }, h("caption", {}, summary), h("tbody", {}, ...rows));
  return h("div", { class: "diff-wrap", tabindex: "0", role: "region", "aria-label": t("Differences") }, table);
}

function picker(label: string, versions: readonly Version[], chosen: Version): HTMLSelectElement {
  const options = versions.map((version) => h("option", { value: version.id }, t("Version {n}", { n: version.number })));
  return h("select", { class: "input input-small", "aria-label": label, value: chosen.id }, ...options);
}

async function fill(place: HTMLElement, left: Version, right: Version): Promise<void> {
  const [before, after] = await Promise.all([withSource(left), withSource(right)]);
  place.replaceChildren(diffTable(before.source ?? "", after.source ?? ""));
}

/** A dialog with the differences between `version` and another, at first its parent. */
export async function openCompare(version: Version): Promise<void> {
  const versions = [...getStudio().store.get().versions].sort((a, b) => a.number - b.number);
  const older = versions.filter((other) => other.number < version.number);
  const other = versions.find((known) => known.id === version.parent) ?? older[older.length - 1] ?? versions.find((known) => known.id !== version.id);
  if (!other) return;
  const left = picker(t("From"), versions, other);
  const right = picker(t("To"), versions, version);
  left.value = other.id;
  right.value = version.id;
  const place = h("div", { class: "dialog-body" });
  const close = h("button", { type: "button", class: "button button-quiet button-icon", "aria-label": t("Close"), "data-close": true }, icon("x"));
  const head = h("div", { class: "dialog-head" }, h("h2", { id: "compare-title" }, t("Compare versions")), close);
  const choice = h("div", { class: "compare-choice" }, left, icon("arrow-right"), right);
  const dialog = h("dialog", { class: "wide", "aria-labelledby": "compare-title" }, head, choice, place);
  const pick = (id: string): Version => versions.find((known) => known.id === id) ?? version;
  const update = (): void => void attempt(() => fill(place, pick(left.value), pick(right.value)));
  left.addEventListener("change", update);
  right.addEventListener("change", update);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  await fill(place, other, version);
  dialog.showModal();
}

// Starting runs of the shown version, and the list of all runs with their progress.

import { h, icon } from "../shared/dom";
import { duration, when } from "../shared/format";
import { t, tn } from "../shared/i18n";
import type { Run } from "../shared/types";
import { attempt, cancelRun } from "../studio/actions";
import { runForm } from "../studio/run-form";
import { getStudio } from "../studio/state";

export function statusBadge(run: Pick<Run, "status">): HTMLElement {
  const names = {
    queued: [t("queued"), ""], running: [t("running"), "badge-accent"], succeeded: [t("done"), "badge-good"],
    failed: [t("failed"), "badge-bad"], cancelled: [t("cancelled"), "badge-warn"],
  } as const;
  const [label, kind] = names[run.status];
  return h("span", { class: `badge ${kind}` }, label);
}

function going(run: Run): boolean {
  return run.status === "queued" || run.status === "running";
}

function progress(run: Run): HTMLElement | null {
  if (!going(run)) return null;
  const bar = h("progress", { max: 1, "aria-label": t("Progress of the run") });
  if (run.status === "running") bar.value = run.progress;
  return bar;
}

function cancelButton(run: Run): HTMLElement | null {
  const { may } = getStudio();
  if (!going(run) || !may.edit) return null;
  const button = h("button", { type: "button", class: "button button-small" }, icon("stop"), t("Cancel"));
  button.addEventListener("click", () => {
    button.disabled = true;
    void attempt(() => cancelRun(run.id));
  });
  return button;
}

function settings(run: Run): string {
  const parts = [duration(run.until), tn("{n} replication", "{n} replications", run.replications), t("seed {n}", { n: String(run.seed) })];
  if (run.warmup > 0) parts.push(t("warm-up {time}", { time: duration(run.warmup) }));
  return parts.join(" · ");
}

function failure(run: Run): HTMLElement | null {
  if (run.status !== "failed" || !run.error) return null;
  return h("p", { class: "field-error" }, icon("alert"), h("span", {}, run.error.message, run.error.hint ? ` ${run.error.hint}` : null));
}

function row(run: Run): HTMLElement {
  const head = h("div", { class: "version-head" }, h("strong", {}, t("Version {n}", { n: run.number })), statusBadge(run), h("span", { class: "help" }, when(run.created_at)));
  const link = run.status === "succeeded" ? h("a", { class: "button button-small", href: run.url }, icon("chart"), t("Open results")) : going(run) ? h("a", { class: "button button-small button-quiet", href: run.url }, t("Open")) : null;
  return h("li", { class: "version-row", "data-run": run.id }, head, h("p", { class: "help" }, settings(run)), progress(run), failure(run), h("div", { class: "actions" }, link, cancelButton(run)));
}

export function mount(root: HTMLElement): void {
  const { store, may } = getStudio();
  const list = h("ol", { class: "version-list" });
  const empty = h("p", { class: "help" }, t("No runs yet. A run shows throughput, waiting and a timeline of every machine."));
  const parts: HTMLElement[] = may.edit ? [runForm()] : [];
  root.replaceChildren(...parts, h("h3", { class: "panel-title" }, t("Runs")), empty, list);
  store.watch(["runs"], ({ runs }) => {
    const newestFirst = [...runs].sort((a, b) => b.created_at.localeCompare(a.created_at));
    list.replaceChildren(...newestFirst.map(row));
    empty.hidden = runs.length > 0;
  });
}

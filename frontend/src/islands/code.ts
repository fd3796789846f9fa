// The script: editor, diagnostics as one types, and saving as a new version.

import { makeEditor, type Editor } from "../editor/editor";
import { debounce, h, icon } from "../shared/dom";
import { t, tn } from "../shared/i18n";
import type { Diagnostic, Version } from "../shared/types";
import { attempt, checkSource, saveSource, show } from "../studio/actions";
import { getStudio, type LiveJob, type StudioState } from "../studio/state";

const CHECK_AFTER = 400;

function liveJob(jobs: Record<string, LiveJob>): LiveJob | null {
  return Object.values(jobs).find((live) => live.text !== "" && live.job.status === "running") ?? null;
}

function problemRow(found: Diagnostic, editor: Editor): HTMLElement {
  const { line, column } = found.span;
  const label = h("span", { class: "problem-place", title: t("line {line}, column {column}", { line, column }) }, `${line}:${column}`);
  const kind = found.severity === "error" ? t("Error") : t("Remark");
  // The engine speaks English; its words are marked so, and the frame around them is translated.
  const hint = found.hint ? h("span", { class: "help" }, " ", t("Hint:"), " ", h("span", { lang: "en" }, found.hint)) : null;
  const text = h("span", {}, h("strong", {}, `${kind}: `), h("span", { lang: "en" }, found.message), hint);
  const button = h("button", { type: "button", class: `problem problem-${found.severity}` }, icon(found.severity === "error" ? "alert" : "info"), label, text);
  button.addEventListener("click", () => editor.goTo(line, column));
  return h("li", {}, button);
}

function originLabel(version: Version): string {
  const names = {
    generated: t("generated"), edited: t("edited by hand"), restored: t("restored"), imported: t("imported"),
  };
  return names[version.origin];
}

class CodePanel {
  readonly editor: Editor;
  readonly node: HTMLElement;
  private readonly title = h("div", { class: "code-title" });
  private readonly status = h("p", { class: "code-status", "aria-live": "polite" });
  private readonly problems = h("ul", { class: "problems", "aria-label": t("Problems") });
  private readonly foot = h("div", { class: "code-foot" }, this.status, this.problems);
  private readonly save: HTMLButtonElement;
  private readonly discard: HTMLButtonElement;
  private readonly check = debounce(CHECK_AFTER, () => void this.checkNow());
  private streaming = false;
  private loaded: string | null = null;

  constructor() {
    this.editor = makeEditor({
      label: t("FlexScript of this model"),
      onChange: () => this.changed(),
      onSave: () => void this.saveNow(),
    });
    this.save = h("button", { type: "button", class: "button button-primary button-small", title: "Ctrl+S" }, icon("save"), t("Save as a version"));
    this.discard = h("button", { type: "button", class: "button button-small" }, t("Discard"));
    this.save.addEventListener("click", () => void this.saveNow());
    this.discard.addEventListener("click", () => this.throwAway());
    const bar = h("div", { class: "code-bar" }, this.title, h("div", { class: "actions" }, this.discard, this.save));
    this.node = h("div", { class: "code-panel" }, bar, this.editor.node, this.foot);
  }

  render(state: StudioState): void {
    const live = liveJob(state.jobs);
    this.streaming = live !== null && !state.dirty;
    if (this.streaming && live) {
      this.editor.load(live.text);
      this.loaded = null;
    } else {
      this.showVersion(state);
    }
    const { may } = getStudio();
    this.editor.setReadOnly(this.streaming || !may.edit);
    this.save.hidden = !may.edit || !state.dirty;
    this.discard.hidden = this.save.hidden;
    this.heading(state.shown);
    this.foot.hidden = this.streaming || (!state.shown && !state.dirty);
  }

  marks(diagnostics: readonly Diagnostic[]): void {
    this.editor.mark(this.streaming ? [] : diagnostics);
    const errors = diagnostics.filter((found) => found.severity === "error").length;
    const others = diagnostics.length - errors;
    const parts = [
      errors > 0 ? tn("{n} error", "{n} errors", errors) : null,
      others > 0 ? tn("{n} remark", "{n} remarks", others) : null,
    ].filter(Boolean);
    this.status.textContent = parts.length > 0 ? parts.join(", ") : t("No problems found");
    this.status.dataset["kind"] = errors > 0 ? "bad" : others > 0 ? "warn" : "good";
    this.problems.replaceChildren(...diagnostics.map((found) => problemRow(found, this.editor)));
    this.problems.hidden = diagnostics.length === 0;
  }

  async checkNow(): Promise<void> {
    const source = this.editor.source();
    if (source.trim() === "" || this.streaming) return;
    try {
      const { diagnostics, layout } = await checkSource(source);
      if (source !== this.editor.source()) return;
      const { store } = getStudio();
      store.set({ diagnostics, layout: layout ?? store.get().layout });
    } catch {
      this.status.textContent = t("Not checked: no connection");
      this.status.dataset["kind"] = "warn";
    }
  }

  private showVersion({ shown, dirty }: StudioState): void {
    if (dirty || !shown) return;
    if (typeof shown.source !== "string") return void attempt(() => show(shown));
    if (this.loaded === shown.id && this.editor.source() === shown.source) return;
    this.loaded = shown.id;
    this.editor.load(shown.source);
    void this.checkNow();
  }

  private heading(shown: Version | null): void {
    if (this.streaming) {
      this.title.replaceChildren(h("span", { class: "spinner", "aria-hidden": "true" }), h("strong", {}, t("Being written…")));
    } else if (shown) {
      const by = shown.author ? ` · ${shown.author.name}` : "";
      this.title.replaceChildren(h("strong", {}, t("Version {n}", { n: shown.number })), h("span", { class: "help truncate" }, originLabel(shown) + by));
    } else {
      this.title.replaceChildren(h("span", { class: "help" }, t("No version yet")));
    }
  }

  private changed(): void {
    const { store } = getStudio();
    const { shown, dirty } = store.get();
    const now = this.editor.source() !== (shown?.source ?? "");
    if (now !== dirty) store.set({ dirty: now });
    this.check();
  }

  private async saveNow(): Promise<void> {
    const { store, may } = getStudio();
    if (!may.edit || !store.get().dirty || this.save.disabled) return;
    this.save.disabled = true;
    await attempt(() => saveSource(this.editor.source()));
    this.save.disabled = false;
  }

  private throwAway(): void {
    const { store } = getStudio();
    const { shown } = store.get();
    if (!confirm(t("Discard your changes to the script?"))) return;
    this.loaded = null;
    store.set({ dirty: false, diagnostics: shown?.diagnostics ?? [] });
    if (!shown) this.editor.load("");
  }
}

export function mount(root: HTMLElement): void {
  const { store } = getStudio();
  const panel = new CodePanel();
  root.replaceChildren(panel.node);
  store.watch(["shown", "jobs", "dirty"], (state) => panel.render(state));
  store.watch(["diagnostics"], ({ diagnostics }) => panel.marks(diagnostics));
}

import { h, icon } from "../shared/dom";
import { initials, when } from "../shared/format";
import { percent, t, tn } from "../shared/i18n";
import { showTab } from "../shared/tabs";
import type { Assumption, Message, Version } from "../shared/types";
import { attempt, restore, sendMessage, show } from "./actions";
import { getStudio, latest } from "./state";

const SURE = 0.8;
const PREVIEW_LINES = 6;

function head(message: Message): HTMLElement {
  const name = message.author?.name ?? t("Model");
  const avatar = message.author
    ? h("span", { class: "avatar", "aria-hidden": "true" }, initials(name))
    : h("span", { class: "avatar avatar-model", "aria-hidden": "true" }, icon("spark"));
  const time = h("time", { datetime: message.created_at }, when(message.created_at));
  const note = message.kind === "note" ? h("span", { class: "badge" }, t("Note")) : null;
  return h("div", { class: "message-head" }, avatar, h("strong", {}, name), note, time);
}

function assumption(item: Assumption): HTMLElement {
  const unsure = item.confidence !== null && item.confidence < SURE;
  const share = item.confidence === null ? null : h("span", { class: unsure ? "badge badge-warn" : "badge" }, t("{share} sure", { share: percent(item.confidence, 0) }));
  return h("li", {}, h("span", {}, item.object ? h("strong", {}, `${item.object}: `) : null, item.text), share);
}

export function assumptionList(items: readonly Assumption[]): HTMLElement | null {
  if (items.length === 0) return null;
  const unsure = items.some((item) => item.confidence !== null && item.confidence < SURE);
  const summary = h("summary", {}, icon("info"), tn("{n} assumption", "{n} assumptions", items.length), h("span", { class: "help" }, t("please check")));
  return h("details", { class: "assumptions", open: unsure || items.length <= 3 }, summary, h("ul", { class: "assumption-items" }, ...items.map(assumption)));
}

function openScript(version: Version): void {
  void attempt(async () => {
    await show(version);
    showTab("tab-script");
    document.querySelector<HTMLButtonElement>("[data-panel-button=script]")?.click();
  });
}

function versionButtons(version: Version): HTMLElement {
  const { store, may } = getStudio();
  const { shown, versions } = store.get();
  const current = shown?.id === version.id;
  const bar = h("div", { class: "actions" });
  const open = h("button", { type: "button", class: "button button-small", "aria-pressed": String(current) }, icon("code"), current ? t("Shown in the editor") : t("Show this version"));
  open.addEventListener("click", () => openScript(version));
  bar.append(open);
  if (may.edit && latest(versions)?.id !== version.id) {
    const back = h("button", { type: "button", class: "button button-small" }, icon("undo"), t("Use this version"));
    back.addEventListener("click", () => void attempt(() => restore(version)));
    bar.append(back);
  }
  return bar;
}

function problems(version: Version): HTMLElement | null {
  const errors = version.diagnostics.filter((item) => item.severity === "error").length;
  if (errors === 0) return null;
  return h("p", { class: "notice notice-bad" }, icon("alert"), tn("{n} error in this script. See the editor.", "{n} errors in this script. See the editor.", errors));
}

function preview(version: Version): HTMLElement | null {
  if (!version.source) return null;
  const lines = version.source.trimEnd().split("\n");
  const text = lines.slice(0, PREVIEW_LINES).join("\n") + (lines.length > PREVIEW_LINES ? "\n…" : "");
  return h("pre", { class: "script-preview", tabindex: "0", "aria-label": t("Start of the script") }, text);
}

export function versionCard(version: Version): HTMLElement {
  const title = h("div", { class: "version-card-head" }, icon("file"), h("strong", {}, t("Version {n}", { n: version.number })));
  const card = h("div", { class: "version-card" }, title);
  for (const part of [preview(version), problems(version), assumptionList(version.assumptions)]) {
    if (part) card.append(part);
  }
  card.append(versionButtons(version));
  return card;
}

function retryButton(message: Message): HTMLElement | null {
  const { store, may } = getStudio();
  const before = store.get().messages.filter((other) => other.kind === "prompt" && other.created_at <= message.created_at);
  const prompt = before.find((other) => other.job !== null && other.job === message.job) ?? before[before.length - 1];
  if (!may.edit || !prompt) return null;
  const button = h("button", { type: "button", class: "button button-small" }, icon("refresh"), t("Try again"));
  button.addEventListener("click", () => void attempt(() => sendMessage(prompt.text, "prompt")));
  return button;
}

function sketchChip(message: Message): HTMLElement | null {
  const sketch = getStudio().store.get().sketches.find((known) => known.id === message.sketch);
  if (!sketch) return null;
  return h("p", { class: "sketch-chip" }, h("img", { src: sketch.thumbnail_url, alt: "", width: 40, height: 30 }), sketch.title ?? t("Sketch"));
}

export function messageItem(message: Message, version: Version | null): HTMLElement {
  const item = h("li", { class: `message message-${message.kind}`, "data-message": message.id }, head(message));
  const body = h("div", { class: "message-body" });
  if (message.text) body.append(h("p", { class: "message-text" }, message.text));
  const chip = message.kind === "prompt" ? sketchChip(message) : null;
  if (chip) body.append(chip);
  if (version && message.kind === "answer") body.append(versionCard(version));
  const retry = message.kind === "error" ? retryButton(message) : null;
  if (retry) body.append(retry);
  item.append(body);
  return item;
}

// Bringing in a picture: choose, drop, paste or photograph; with progress and plain errors.

import { type ApiError, upload } from "../shared/api";
import { h, icon } from "../shared/dom";
import { number, t } from "../shared/i18n";
import type { Sketch } from "../shared/types";

export const TYPES = ["image/png", "image/jpeg", "image/webp"];
export const MOST_BYTES = 20 * 1024 * 1024;

export interface UploaderOptions {
  url: string;
  compact: boolean;
  onDone: (sketch: Sketch) => void;
}

/** Why a file cannot be sent, or null. The server checks the content again. */
export function fileError(file: File): string | null {
  if (!TYPES.includes(file.type)) return t("Only PNG, JPEG and WebP pictures can be used.");
  if (file.size > MOST_BYTES) return t("The picture is larger than {n} MB.", { n: number(MOST_BYTES / 1024 / 1024) });
  if (file.size === 0) return t("The file is empty.");
  return null;
}

export function titleOf(file: File): string {
  const name = file.name.replace(/\.[^.]+$/, "").replaceAll(/[_-]+/g, " ").trim();
  return name === "" || /^image$/i.test(name) ? t("Pasted sketch") : name.slice(0, 120);
}

class Uploader {
  readonly status = h("p", { class: "upload-status", role: "status" });
  readonly bar = h("progress", { max: 1, value: 0, "aria-label": t("Upload") });
  private busy = false;

  constructor(private readonly options: UploaderOptions) {
    this.bar.hidden = true;
  }

  async take(file: File | null | undefined): Promise<void> {
    if (!file || this.busy) return;
    const wrong = fileError(file);
    if (wrong) {
      this.say(wrong, true);
      return;
    }
    this.busy = true;
    this.bar.hidden = false;
    this.say(t("Sending {name}…", { name: file.name }), false);
    try {
      this.options.onDone(await this.send(file));
      this.say("", false);
    } catch (error) {
      this.fail(error as ApiError);
    } finally {
      this.busy = false;
      this.bar.hidden = true;
    }
  }

  private send(file: File): Promise<Sketch> {
    const form = new FormData();
    form.append("file", file, file.name || "sketch.png");
    form.append("title", titleOf(file));
    return upload<Sketch>(this.options.url, form, (share) => {
      this.bar.value = share;
      if (share >= 1) this.say(t("Checking the picture…"), false);
    });
  }

  private fail(error: ApiError): void {
    const detail = Object.values(error.fields)[0]?.[0];
    this.say([detail ?? error.message, error.hint].filter(Boolean).join(" "), true);
  }

  private say(text: string, bad: boolean): void {
    this.status.textContent = text;
    this.status.classList.toggle("field-error", bad);
  }
}

function fileInput(uploader: Uploader, camera: boolean): HTMLInputElement {
  const input = h("input", { type: "file", accept: TYPES.join(","), class: "visually-hidden", tabindex: "-1", "aria-hidden": "true", capture: camera ? "environment" : null });
  input.addEventListener("change", () => {
    void uploader.take(input.files?.[0]);
    input.value = "";
  });
  return input;
}

function chooser(uploader: Uploader, compact: boolean, camera: boolean): HTMLElement {
  const input = fileInput(uploader, camera);
  const label = camera ? t("Take a photo") : compact ? t("Upload") : t("Choose a picture");
  const kind = compact ? "button button-small" : camera ? "button" : "button button-primary";
  const place = camera ? "only-touch" : null;
  const button = h("button", { type: "button", class: kind }, icon(camera ? "camera" : "upload"), label);
  button.addEventListener("click", () => input.click());
  return h("span", { class: place }, button, input);
}

function wireDrop(zone: HTMLElement, uploader: Uploader): void {
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("is-over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("is-over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("is-over");
    void uploader.take(event.dataTransfer?.files[0]);
  });
}

function wirePaste(uploader: Uploader): void {
  document.addEventListener("paste", (event) => {
    const file = [...(event.clipboardData?.files ?? [])].find((item) => item.type.startsWith("image/"));
    if (!file) return;
    event.preventDefault();
    void uploader.take(file);
  });
}

export function makeUploader(options: UploaderOptions): HTMLElement {
  const uploader = new Uploader(options);
  const buttons = h("div", { class: "actions" }, chooser(uploader, options.compact, false), chooser(uploader, options.compact, true));
  wirePaste(uploader);
  if (options.compact) {
    wireDrop(document.body, uploader);
    return h("div", { class: "uploader-compact" }, buttons, uploader.bar, uploader.status);
  }
  const hint = h("p", {}, t("Drop a picture here, or paste one from the clipboard."));
  const rules = h("p", { class: "help" }, t("PNG, JPEG or WebP, at most 20 MB. Photos are turned upright and their metadata is removed."));
  const zone = h("div", { class: "drop-zone" }, icon("image", "icon icon-large"), hint, buttons, rules, uploader.bar, uploader.status);
  wireDrop(zone, uploader);
  return zone;
}

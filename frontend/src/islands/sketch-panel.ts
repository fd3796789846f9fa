// The sketch beside the layout: which one the next prompt goes with, and bringing in new ones.

import { h, icon } from "../shared/dom";
import { t } from "../shared/i18n";
import { urls } from "../shared/api";
import type { Sketch } from "../shared/types";
import { makeUploader } from "../draw/uploader";
import { getStudio, upsert } from "../studio/state";

function view(sketch: Sketch): HTMLElement {
  const image = h("img", { src: sketch.url, alt: t("Sketch: {title}", { title: sketch.title ?? "" }), width: sketch.width, height: sketch.height });
  return h("a", { class: "sketch-view", href: sketch.url, target: "_blank", rel: "noopener", title: t("Open the sketch in full size") }, image);
}

function picker(): HTMLSelectElement {
  const { store } = getStudio();
  const select = h("select", { class: "input input-small", "aria-label": t("Sketch for the next prompt") });
  select.addEventListener("change", () => {
    store.set({ sketch: store.get().sketches.find((known) => known.id === select.value) ?? null });
  });
  store.watch(["sketches", "sketch"], ({ sketches, sketch }) => {
    const options = sketches.map((known) => h("option", { value: known.id }, known.title ?? t("Sketch")));
    select.replaceChildren(h("option", { value: "" }, t("No sketch")), ...options);
    select.value = sketch?.id ?? "";
  });
  return select;
}

function tools(): HTMLElement | null {
  const { data, store, may } = getStudio();
  if (!may.edit) return null;
  const uploader = makeUploader({
    url: urls.sketches(data.project.id),
    compact: true,
    onDone: (sketch) => store.set({ sketches: upsert(store.get().sketches, sketch), sketch }),
  });
  const href = data.urls["draw"] ?? `/projects/${data.project.id}/sketches/draw/`;
  return h("div", { class: "sketch-tools" }, uploader, h("a", { class: "button button-small", href }, icon("pencil"), t("Draw")));
}

export function mount(root: HTMLElement): void {
  const { store } = getStudio();
  const stage = h("div", { class: "sketch-stage" });
  root.replaceChildren(stage, h("div", { class: "sketch-bar" }, picker(), tools()));
  store.watch(["sketch"], ({ sketch }) => {
    const none = h("div", { class: "sketch-none" }, icon("image", "icon icon-large"), h("p", { class: "help" }, t("No sketch chosen. Upload a photo or drawing, or paste one.")));
    stage.replaceChildren(sketch ? view(sketch) : none);
  });
}

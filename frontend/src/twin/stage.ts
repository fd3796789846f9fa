import { h, icon } from "../shared/dom";
import { t } from "../shared/i18n";
import type { Layout } from "../shared/types";
import { LayoutDrawing } from "./drawing";
import { Viewport } from "./viewport";

/** A drawing with its tools, ready to be put on the page. */
export function makeStage(layout: Layout): { node: HTMLElement; drawing: LayoutDrawing } {
  const drawing = new LayoutDrawing(layout);
  const viewport = new Viewport(drawing.svg, drawing.drawing.view);
  const frame = h("div", { class: "twin-frame", tabindex: "0", role: "group", "aria-label": t("Layout. Arrow keys move, plus and minus zoom, 0 fits.") });
  frame.append(drawing.svg);
  frame.addEventListener("keydown", (event) => viewport.key(event));
  return { node: h("div", { class: "twin" }, frame, viewport.toolbar()), drawing };
}

export function emptyStage(): HTMLElement {
  return h("div", { class: "twin twin-empty" }, icon("layout", "icon icon-large"), h("p", { class: "help" }, t("The drawn layout appears here with the first script that runs.")));
}

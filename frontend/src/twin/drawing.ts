// The model as an SVG: boxes with icon and name, arrows, and the state each box is in.

import { s } from "../shared/dom";
import { t } from "../shared/i18n";
import { stateClass, stateLabel } from "../shared/states";
import type { Layout } from "../shared/types";
import { type Arrow, type Box, type Drawing, drawingOf } from "./geometry";
import { glyph } from "./glyphs";

const LABEL_LENGTH = 18;

interface BoxParts {
  group: SVGGElement;
  title: SVGTitleElement;
  count: SVGTextElement;
  badge: SVGGElement;
  plain: string;
}

function short(name: string): string {
  const letters = [...name];
  return letters.length > LABEL_LENGTH ? `${letters.slice(0, LABEL_LENGTH - 1).join("")}…` : name;
}

function drawArrow(arrow: Arrow): SVGElement {
  const { x1, y1, x2, y2, kind } = arrow;
  const line = s("line", { x1, y1, x2, y2, class: `arrow arrow-${kind}`, "marker-end": kind === "A" ? "url(#arrow-head)" : null });
  line.append(s("title", {}, t("{from} to {to}", { from: arrow.from, to: arrow.to })));
  return line;
}

function drawBox(box: Box): BoxParts {
  const plain = `${box.name} (${box.class})`;
  const title = s("title", {}, plain);
  const body = s("rect", { class: "box", x: -box.w / 2, y: -box.h / 2, width: box.w, height: box.h, rx: 9 });
  const strip = s("rect", { class: "box-state", x: -box.w / 2 + 8, y: box.h / 2 - 8, width: box.w - 16, height: 4, rx: 2 });
  const label = s("text", { class: "box-label", y: box.h / 2 + 17 }, short(box.name));
  const count = s("text", { class: "box-count", y: 4.5 });
  const badge = s("g", { class: "box-badge", transform: `translate(${box.w / 2 - 3} ${-box.h / 2 + 3})` }, s("rect", { x: -13, y: -9, width: 26, height: 18, rx: 9 }), count);
  badge.setAttribute("visibility", "hidden");
  const picture = s("g", { transform: "translate(0 -3) scale(1.25)" }, glyph(box.class));
  const group = s("g", { class: `node node-${box.class}`, transform: `translate(${box.x} ${box.y})`, "data-object": box.name }, title, body, picture, strip, label, badge);
  return { group, title, count, badge, plain };
}

function marker(): SVGElement {
  const head = s("path", { d: "M0 0 9 4.5 0 9z", class: "arrow-tip" });
  return s("defs", {}, s("marker", { id: "arrow-head", viewBox: "0 0 9 9", refX: 8, refY: 4.5, markerWidth: 8, markerHeight: 8, markerUnits: "userSpaceOnUse", orient: "auto" }, head));
}

function describe(layout: Layout): string {
  const flows = layout.connections.map(({ from, to }) => `${from} → ${to}`).join(", ");
  return t("{n} objects. {flows}", { n: layout.objects.length, flows });
}

export class LayoutDrawing {
  readonly svg: SVGSVGElement;
  readonly drawing: Drawing;
  readonly items: SVGGElement;
  private readonly parts = new Map<string, BoxParts>();

  constructor(layout: Layout) {
    this.drawing = drawingOf(layout);
    this.svg = s("svg", { class: "twin-svg", role: "img", "aria-label": t("Drawing of the model. {text}", { text: describe(layout) }) });
    const arrows = s("g", { class: "arrows" }, ...this.drawing.arrows.map(drawArrow));
    const boxes = s("g", { class: "nodes" });
    for (const box of this.drawing.boxes) {
      const parts = drawBox(box);
      this.parts.set(box.name, parts);
      boxes.append(parts.group);
    }
    this.items = s("g", { class: "items" });
    this.svg.append(marker(), arrows, this.items, boxes);
  }

  /** Show that `name` is in `state` with `content` items inside; null leaves that part plain. */
  show(name: string, state: number | null, content: number | null): void {
    const parts = this.parts.get(name);
    if (!parts) return;
    const className = `node ${state === null ? "" : `state-${stateClass(state)} has-state`}`;
    if (parts.group.getAttribute("class") !== className) parts.group.setAttribute("class", className);
    const text = content ? String(content) : "";
    if (parts.count.textContent !== text) {
      parts.count.textContent = text;
      parts.badge.setAttribute("visibility", text ? "visible" : "hidden");
    }
    const spoken = state === null ? parts.plain : `${parts.plain}: ${stateLabel(state)}`;
    if (parts.title.textContent !== spoken) parts.title.textContent = spoken;
  }
}

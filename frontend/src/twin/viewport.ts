// Pan and zoom of a drawing by changing its viewBox: buttons, keys, wheel and pointer.

import { h, icon } from "../shared/dom";
import { t } from "../shared/i18n";
import type { ViewBox } from "./geometry";

const ZOOM = 1.25;
const MOST = 8;
const PAN_SHARE = 0.12;

export function zoomed(view: ViewBox, factor: number, at = { x: view.x + view.w / 2, y: view.y + view.h / 2 }): ViewBox {
  return {
    x: at.x - (at.x - view.x) / factor,
    y: at.y - (at.y - view.y) / factor,
    w: view.w / factor,
    h: view.h / factor,
  };
}

export class Viewport {
  private view: ViewBox;

  constructor(private readonly svg: SVGSVGElement, private home: ViewBox) {
    this.view = home;
    this.apply();
    svg.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    svg.addEventListener("pointerdown", (event) => this.drag(event));
  }

  fit(): void {
    this.view = this.home;
    this.apply();
  }

  zoom(factor: number, at?: { x: number; y: number }): void {
    const next = zoomed(this.view, factor, at);
    if (next.w < this.home.w / MOST || next.w > this.home.w * MOST) return;
    this.view = next;
    this.apply();
  }

  pan(dx: number, dy: number): void {
    this.view = { ...this.view, x: this.view.x + dx * this.view.w, y: this.view.y + dy * this.view.h };
    this.apply();
  }

  key(event: KeyboardEvent): void {
    const deeds: Record<string, () => void> = {
      ArrowLeft: () => this.pan(-PAN_SHARE, 0),
      ArrowRight: () => this.pan(PAN_SHARE, 0),
      ArrowUp: () => this.pan(0, -PAN_SHARE),
      ArrowDown: () => this.pan(0, PAN_SHARE),
      "+": () => this.zoom(ZOOM),
      "=": () => this.zoom(ZOOM),
      "-": () => this.zoom(1 / ZOOM),
      "0": () => this.fit(),
    };
    const deed = deeds[event.key];
    if (!deed || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    deed();
  }

  /** Buttons for the same: nothing here needs a mouse wheel. */
  toolbar(): HTMLElement {
    const make = (name: string, label: string, deed: () => void): HTMLElement => {
      const button = h("button", { type: "button", class: "button button-icon button-small", "aria-label": label, title: label }, icon(name));
      button.addEventListener("click", deed);
      return button;
    };
    return h("div", { class: "twin-tools", role: "group", "aria-label": t("View") },
      make("plus", t("Zoom in"), () => this.zoom(ZOOM)),
      make("minus", t("Zoom out"), () => this.zoom(1 / ZOOM)),
      make("fit", t("Fit to view"), () => this.fit()));
  }

  private apply(): void {
    const { x, y, w, h: height } = this.view;
    this.svg.setAttribute("viewBox", `${x} ${y} ${w} ${height}`);
  }

  private point(event: MouseEvent): { x: number; y: number } | undefined {
    const matrix = this.svg.getScreenCTM()?.inverse();
    return matrix ? new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix) : undefined;
  }

  private wheel(event: WheelEvent): void {
    // A plain wheel scrolls the page, as everywhere; with Ctrl (or a pinch) it zooms.
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    this.zoom(event.deltaY < 0 ? 1.12 : 1 / 1.12, this.point(event));
  }

  private drag(start: PointerEvent): void {
    if (start.button !== 0) return;
    const from = this.point(start);
    if (!from) return;
    this.svg.setPointerCapture(start.pointerId);
    const move = (event: PointerEvent): void => {
      const now = this.point(event);
      if (!now) return;
      this.view = { ...this.view, x: this.view.x - (now.x - from.x), y: this.view.y - (now.y - from.y) };
      this.apply();
    };
    const stop = (): void => this.svg.removeEventListener("pointermove", move);
    this.svg.addEventListener("pointermove", move);
    this.svg.addEventListener("pointerup", stop, { once: true });
    this.svg.addEventListener("pointercancel", stop, { once: true });
  }
}

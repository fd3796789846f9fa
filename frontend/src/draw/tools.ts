// What pointer and pen do on the canvas, tool by tool.

import { t } from "../shared/i18n";
import type { History } from "./history";
import { NO_OVERLAY, type Overlay, paintScene } from "./paint";
import {
  add, type DrawnObject, elementAt, HEIGHT, inside, link, nextLabel, objectAt, type ObjectClass,
  type Point, remove, simplify, update, WIDTH,
} from "./scene";

export type Tool = "move" | "pen" | "stamp" | "connect" | "text" | "erase";

export interface ToolBox {
  tool: Tool;
  stamp: ObjectClass;
}

interface Gesture {
  move(point: Point): void;
  end(point: Point): void;
}

const NOTHING: Gesture = { move: () => undefined, end: () => undefined };

export class Board {
  readonly box: ToolBox = { tool: "stamp", stamp: "Source" };
  onStamp: ((object: DrawnObject) => void) | null = null;
  askText: (point: Point) => void = () => undefined;
  private overlay: Overlay = { ...NO_OVERLAY, grid: true };
  private gesture: Gesture = NOTHING;
  private readonly ctx: CanvasRenderingContext2D;

  constructor(private readonly canvas: HTMLCanvasElement, private readonly history: History) {
    const ctx = canvas.getContext("2d");
    if (!ctx) throw new Error(t("This browser cannot draw."));
    this.ctx = ctx;
    this.resize();
    canvas.addEventListener("pointerdown", (event) => this.down(event));
    canvas.addEventListener("pointermove", (event) => this.gesture.move(this.point(event)));
    canvas.addEventListener("pointerup", (event) => this.up(event));
    canvas.addEventListener("pointercancel", () => this.drop());
    history.onChange(() => this.paint());
  }

  select(id: number | null): void {
    this.overlay = { ...this.overlay, selected: id };
    this.paint();
  }

  private resize(): void {
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    this.canvas.width = WIDTH * ratio;
    this.canvas.height = HEIGHT * ratio;
    this.ctx.scale(ratio, ratio);
  }

  private paint(scene = this.history.scene): void {
    paintScene(this.ctx, scene, this.overlay);
  }

  private point(event: PointerEvent): Point {
    const frame = this.canvas.getBoundingClientRect();
    return inside({
      x: ((event.clientX - frame.left) / frame.width) * WIDTH,
      y: ((event.clientY - frame.top) / frame.height) * HEIGHT,
    });
  }

  private down(event: PointerEvent): void {
    if (event.button !== 0) return;
    event.preventDefault();
    this.canvas.setPointerCapture(event.pointerId);
    this.gesture = this.begin(this.point(event));
  }

  private up(event: PointerEvent): void {
    const { gesture } = this;
    this.gesture = NOTHING;
    gesture.end(this.point(event));
    this.drop();
  }

  private drop(): void {
    this.gesture = NOTHING;
    this.overlay = { ...this.overlay, stroke: [], rubber: null };
    this.paint();
  }

  private begin(start: Point): Gesture {
    switch (this.box.tool) {
      case "pen": return this.pen(start);
      case "connect": return this.connect(start);
      case "move": return this.moving(start);
      case "erase": return this.erase(start);
      case "stamp": return { ...NOTHING, end: (point) => this.putStamp(point) };
      case "text": return { ...NOTHING, end: (point) => this.askText(point) };
    }
  }

  private pen(start: Point): Gesture {
    const points = [start];
    return {
      move: (point) => {
        points.push(point);
        this.overlay = { ...this.overlay, stroke: points };
        this.paint();
      },
      end: () => this.history.commit(add(this.history.scene, { kind: "stroke", points: simplify(points) })),
    };
  }

  private connect(start: Point): Gesture {
    const from = objectAt(this.history.scene, start);
    if (!from) return NOTHING;
    return {
      move: (point) => {
        this.overlay = { ...this.overlay, rubber: { from, to: point } };
        this.paint();
      },
      end: (point) => {
        const to = objectAt(this.history.scene, point);
        if (to) this.history.commit(link(this.history.scene, from.id, to.id));
      },
    };
  }

  private moving(start: Point): Gesture {
    const scene = this.history.scene;
    const held = objectAt(scene, start);
    this.select(held?.id ?? null);
    if (!held) return NOTHING;
    const at = (point: Point): Point => inside({ x: held.x + point.x - start.x, y: held.y + point.y - start.y });
    return {
      move: (point) => this.paint(update(scene, held.id, at(point))),
      end: (point) => {
        if (Math.hypot(point.x - start.x, point.y - start.y) > 2) this.history.commit(update(scene, held.id, at(point)));
      },
    };
  }

  private erase(start: Point): Gesture {
    let scene = this.history.scene;
    const wipe = (point: Point): void => {
      const hit = elementAt(scene, point);
      if (hit) scene = remove(scene, hit.id);
      this.paint(scene);
    };
    wipe(start);
    return { move: wipe, end: () => this.history.commit(scene) };
  }

  private putStamp(point: Point): void {
    const { scene } = this.history;
    const kind = this.box.stamp;
    this.history.commit(add(scene, { kind: "object", class: kind, label: nextLabel(scene, kind), ...point }));
    const made = this.history.scene.elements.find((element) => element.id === scene.next);
    if (made?.kind === "object") this.onStamp?.(made);
  }
}

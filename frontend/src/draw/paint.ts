// Painting a scene on a canvas, dark pencil on white paper in both themes: it becomes a picture.

import { border } from "../twin/geometry";
import { type DrawnObject, type Element, HEIGHT, objects, type Point, type Scene, WIDTH } from "./scene";

const INK = "#2c2f36";
const ACTIVE = "#1d5bd1";
const GRID = "#e4e9f1";
const BOX = { w: 76, h: 60 };
const LABEL = 32;

export interface Overlay {
  stroke: readonly Point[];
  rubber: { from: Point; to: Point } | null;
  selected: number | null;
  grid: boolean;
}

export const NO_OVERLAY: Overlay = { stroke: [], rubber: null, selected: null, grid: false };

function grid(ctx: CanvasRenderingContext2D): void {
  ctx.strokeStyle = GRID;
  ctx.lineWidth = 1;
  ctx.beginPath();
  for (let x = 40; x < WIDTH; x += 40) ctx.rect(x, -1, 0, HEIGHT + 2);
  for (let y = 40; y < HEIGHT; y += 40) ctx.rect(-1, y, WIDTH + 2, 0);
  ctx.stroke();
}

function line(ctx: CanvasRenderingContext2D, points: readonly Point[]): void {
  const [first, ...rest] = points;
  if (!first) return;
  ctx.beginPath();
  ctx.moveTo(first.x, first.y);
  for (const point of rest) ctx.lineTo(point.x, point.y);
  if (rest.length === 0) ctx.lineTo(first.x + 0.1, first.y);
  ctx.stroke();
}

function arrow(ctx: CanvasRenderingContext2D, from: Point, to: Point): void {
  line(ctx, [from, to]);
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const wing = (turn: number): Point => ({ x: to.x - 15 * Math.cos(angle + turn), y: to.y - 15 * Math.sin(angle + turn) });
  line(ctx, [wing(0.45), to, wing(-0.45)]);
}

const SHAPES: Record<DrawnObject["class"], (ctx: CanvasRenderingContext2D) => void> = {
  Source(ctx) {
    ctx.arc(0, 0, 24, 0, Math.PI * 2);
    ctx.moveTo(-11, 0);
    ctx.lineTo(11, 0);
    ctx.moveTo(3, -8);
    ctx.lineTo(11, 0);
    ctx.lineTo(3, 8);
  },
  Queue(ctx) {
    ctx.rect(-34, -20, 68, 40);
    for (const x of [-17, 0, 17]) {
      ctx.moveTo(x, -20);
      ctx.lineTo(x, 20);
    }
  },
  Processor(ctx) {
    ctx.rect(-28, -24, 56, 48);
    // A gear of four teeth: two points outside, two further in, and so on.
    for (let k = 0; k <= 16; k++) {
      const radius = k % 4 < 2 ? 15 : 11;
      const angle = (2 * Math.PI * k) / 16;
      if (k === 0) ctx.moveTo(radius, 0);
      else ctx.lineTo(radius * Math.cos(angle), radius * Math.sin(angle));
    }
    ctx.moveTo(5, 0);
    ctx.arc(0, 0, 5, 0, Math.PI * 2);
  },
  Sink(ctx) {
    ctx.arc(0, 0, 24, 0, Math.PI * 2);
    ctx.moveTo(-10, -10);
    ctx.lineTo(10, 10);
    ctx.moveTo(10, -10);
    ctx.lineTo(-10, 10);
  },
  Box(ctx) {
    ctx.rect(-30, -22, 60, 44);
  },
};

function object(ctx: CanvasRenderingContext2D, { x, y, class: kind, label }: DrawnObject): void {
  ctx.save();
  ctx.translate(x, y);
  ctx.beginPath();
  SHAPES[kind](ctx);
  ctx.stroke();
  ctx.textAlign = "center";
  ctx.fillText(label, 0, 54);
  ctx.restore();
}

function paint(ctx: CanvasRenderingContext2D, element: Element, byId: Map<number, DrawnObject>): void {
  if (element.kind === "object") object(ctx, element);
  else if (element.kind === "stroke") line(ctx, element.points);
  else if (element.kind === "text") ctx.fillText(element.text, element.x, element.y);
  else {
    const a = byId.get(element.from);
    const b = byId.get(element.to);
    if (!a || !b) return;
    const [x1, y1] = border({ name: "", class: "", x: a.x, y: a.y, ...BOX }, b.x, b.y, LABEL);
    const [x2, y2] = border({ name: "", class: "", x: b.x, y: b.y, ...BOX }, a.x, a.y, LABEL);
    arrow(ctx, { x: x1, y: y1 }, { x: x2, y: y2 });
  }
}

function ring(ctx: CanvasRenderingContext2D, { x, y }: Point): void {
  ctx.strokeStyle = ACTIVE;
  ctx.setLineDash([6, 5]);
  ctx.strokeRect(x - 44, y - 40, 88, 108);
  ctx.setLineDash([]);
}

export function paintScene(ctx: CanvasRenderingContext2D, scene: Scene, overlay: Overlay = NO_OVERLAY): void {
  ctx.fillStyle = "#ffffff";
  ctx.fillRect(0, 0, WIDTH, HEIGHT);
  if (overlay.grid) grid(ctx);
  Object.assign(ctx, { strokeStyle: INK, fillStyle: INK, lineWidth: 2.6, lineCap: "round", lineJoin: "round", font: '22px "Comic Neue", "Segoe Print", "Bradley Hand", sans-serif' });
  const byId = new Map(objects(scene).map((known) => [known.id, known]));
  for (const element of scene.elements) paint(ctx, element, byId);
  line(ctx, overlay.stroke);
  const chosen = overlay.selected === null ? undefined : byId.get(overlay.selected);
  if (chosen) ring(ctx, chosen);
  ctx.strokeStyle = ACTIVE;
  if (overlay.rubber) arrow(ctx, overlay.rubber.from, overlay.rubber.to);
}

/** The picture as PNG, without grid and marks. */
export function toPng(scene: Scene): Promise<Blob> {
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const ctx = canvas.getContext("2d");
  if (!ctx) return Promise.reject(new Error("No canvas"));
  paintScene(ctx, scene);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("No picture"))), "image/png");
  });
}

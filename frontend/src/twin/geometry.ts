// From metres (y up) to drawing units (y down): where the boxes and arrows go.

import type { Layout, LayoutObject } from "../shared/types";

export interface Box {
  name: string;
  class: string;
  /** Centre and size in drawing units. */
  x: number;
  y: number;
  w: number;
  h: number;
}

export interface Arrow {
  from: string;
  to: string;
  kind: string;
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

export interface ViewBox {
  x: number;
  y: number;
  w: number;
  h: number;
}

export interface Drawing {
  boxes: Box[];
  arrows: Arrow[];
  view: ViewBox;
}

const BOX_W = 64;
const BOX_H = 48;
// Room for a box, its label and an arrow that is seen as one.
const SPACING = 132;
const MARGIN = 70;
const GAP = 6;
const LABEL = 18;

function distance(a: LayoutObject, b: LayoutObject): number {
  return Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y));
}

/** Units per metre such that the closest two objects stand SPACING apart. */
export function scaleOf(objects: readonly LayoutObject[]): number {
  let closest = Infinity;
  objects.forEach((a, i) => {
    for (const b of objects.slice(i + 1)) {
      const d = distance(a, b);
      if (d > 1e-6) closest = Math.min(closest, d);
    }
  });
  return Number.isFinite(closest) ? SPACING / closest : SPACING;
}

/** Objects on one spot (all at the origin, say) are laid out in a row instead. */
function spread(objects: readonly LayoutObject[]): LayoutObject[] {
  const seen = new Set<string>();
  const crowded = objects.some((object) => {
    const key = `${object.x.toFixed(3)},${object.y.toFixed(3)}`;
    const twice = seen.has(key);
    seen.add(key);
    return twice;
  });
  if (!crowded) return [...objects];
  const columns = Math.ceil(Math.sqrt(objects.length * 2));
  return objects.map((object, i) => ({ ...object, x: i % columns, y: -Math.floor(i / columns) }));
}

/**
 * Where the line from the centre of `box` towards (x, y) leaves the box, plus a gap. `below`
 * is the room that the label takes under the box.
 */
export function border(box: Box, x: number, y: number, below = 0): [number, number] {
  const dx = x - box.x;
  const dy = y - box.y;
  if (dx === 0 && dy === 0) return [box.x, box.y];
  const halfW = box.w / 2 + GAP;
  const halfH = box.h / 2 + GAP + (dy > 0 ? below : 0);
  const share = Math.min(dx ? halfW / Math.abs(dx) : Infinity, dy ? halfH / Math.abs(dy) : Infinity);
  return [box.x + dx * share, box.y + dy * share];
}

function arrowBetween(a: Box, b: Box, kind: string): Arrow {
  const [x1, y1] = border(a, b.x, b.y, LABEL);
  const [x2, y2] = border(b, a.x, a.y, LABEL);
  return { from: a.name, to: b.name, kind, x1, y1, x2, y2 };
}

function around(boxes: readonly Box[]): ViewBox {
  if (boxes.length === 0) return { x: 0, y: 0, w: 400, h: 240 };
  const xs = boxes.map((box) => box.x);
  const ys = boxes.map((box) => box.y);
  const x = Math.min(...xs) - MARGIN;
  const y = Math.min(...ys) - MARGIN + 10;
  return { x, y, w: Math.max(...xs) + MARGIN - x, h: Math.max(...ys) + MARGIN + 6 - y };
}

export function drawingOf(layout: Layout): Drawing {
  const objects = spread(layout.objects);
  const scale = scaleOf(objects);
  const boxes = objects.map((object) => ({
    name: object.name,
    class: object.class,
    x: object.x * scale,
    y: -object.y * scale,
    w: BOX_W,
    h: BOX_H,
  }));
  const byName = new Map(boxes.map((box) => [box.name, box]));
  const arrows = layout.connections.flatMap(({ from, to, kind }) => {
    const a = byName.get(from);
    const b = byName.get(to);
    return a && b ? [arrowBetween(a, b, kind)] : [];
  });
  return { boxes, arrows, view: around(boxes) };
}

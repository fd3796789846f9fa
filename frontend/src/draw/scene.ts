// What a drawn sketch consists of. Every operation returns a new scene, so undo is a list.

export type ObjectClass = "Source" | "Queue" | "Processor" | "Sink" | "Box";
export const CLASSES: readonly ObjectClass[] = ["Source", "Queue", "Processor", "Sink", "Box"];

export interface Point {
  x: number;
  y: number;
}

export interface DrawnObject extends Point {
  id: number;
  kind: "object";
  class: ObjectClass;
  label: string;
}

export interface DrawnLink {
  id: number;
  kind: "link";
  from: number;
  to: number;
}

export interface DrawnStroke {
  id: number;
  kind: "stroke";
  points: Point[];
}

export interface DrawnText extends Point {
  id: number;
  kind: "text";
  text: string;
}

export type Element = DrawnObject | DrawnLink | DrawnStroke | DrawnText;

export interface Scene {
  readonly next: number;
  readonly elements: readonly Element[];
}

export const WIDTH = 1200;
export const HEIGHT = 800;
export const EMPTY: Scene = { next: 1, elements: [] };
const REACH = 42;
const COLUMN = 200;
const ROW = 170;
const MARGIN_X = 120;
const MARGIN_Y = 120;

type Fresh = Element extends infer E ? (E extends Element ? Omit<E, "id"> : never) : never;

export function add(scene: Scene, element: Fresh): Scene {
  const made = { ...element, id: scene.next };
  return { next: scene.next + 1, elements: [...scene.elements, made] };
}

/** Without the element, and without links that would hang in the air. */
export function remove(scene: Scene, id: number): Scene {
  const keep = (element: Element): boolean =>
    element.id !== id && !(element.kind === "link" && (element.from === id || element.to === id));
  return { ...scene, elements: scene.elements.filter(keep) };
}

export function update(scene: Scene, id: number, change: Partial<DrawnObject> | Partial<DrawnText>): Scene {
  const elements = scene.elements.map((element) => (element.id === id ? ({ ...element, ...change } as Element) : element));
  return { ...scene, elements };
}

export function objects(scene: Scene): DrawnObject[] {
  return scene.elements.filter((element) => element.kind === "object");
}

export function links(scene: Scene): DrawnLink[] {
  return scene.elements.filter((element) => element.kind === "link");
}

/** Add a link, unless it is there already or would lead back to itself. */
export function link(scene: Scene, from: number, to: number): Scene {
  if (from === to || links(scene).some((known) => known.from === from && known.to === to)) return scene;
  return add(scene, { kind: "link", from, to });
}

export function inside(point: Point): Point {
  return { x: Math.min(WIDTH, Math.max(0, point.x)), y: Math.min(HEIGHT, Math.max(0, point.y)) };
}

export function objectAt(scene: Scene, point: Point): DrawnObject | null {
  const hits = objects(scene).filter((object) => Math.abs(object.x - point.x) <= REACH && Math.abs(object.y - point.y) <= REACH);
  return hits[hits.length - 1] ?? null;
}

/** Distance of `p` from the segment a–b. */
export function segmentDistance(p: Point, a: Point, b: Point): number {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : Math.max(0, Math.min(1, ((p.x - a.x) * dx + (p.y - a.y) * dy) / length));
  return Math.hypot(p.x - a.x - share * dx, p.y - a.y - share * dy);
}

function near(scene: Scene, element: Element, point: Point, reach: number): boolean {
  if (element.kind === "object") return Math.abs(element.x - point.x) <= REACH && Math.abs(element.y - point.y) <= REACH;
  if (element.kind === "text") return Math.abs(element.y - point.y) < 20 && point.x >= element.x - 8 && point.x <= element.x + 12 * element.text.length;
  if (element.kind === "stroke") {
    return element.points.some((a, i) => segmentDistance(point, a, element.points[i + 1] ?? a) <= reach);
  }
  const byId = new Map(objects(scene).map((object) => [object.id, object]));
  const a = byId.get(element.from);
  const b = byId.get(element.to);
  return a !== undefined && b !== undefined && segmentDistance(point, a, b) <= reach;
}

/** The topmost element near `point`: objects win over the lines that end in them. */
export function elementAt(scene: Scene, point: Point, reach = 14): Element | null {
  const hit = objectAt(scene, point);
  if (hit) return hit;
  const hits = scene.elements.filter((element) => near(scene, element, point, reach));
  return hits[hits.length - 1] ?? null;
}

/** A free place for an object added without pointing: left to right, then the next row. */
export function freePlace(scene: Scene): Point {
  for (let y = MARGIN_Y; y < HEIGHT; y += ROW) {
    for (let x = MARGIN_X; x < WIDTH; x += COLUMN) {
      if (!objects(scene).some((object) => Math.hypot(object.x - x, object.y - y) < 110)) return { x, y };
    }
  }
  return { x: WIDTH / 2, y: HEIGHT / 2 };
}

/** "Queue 2" for the second Queue. */
export function nextLabel(scene: Scene, kind: ObjectClass): string {
  const taken = new Set(objects(scene).map((object) => object.label));
  for (let n = objects(scene).filter((object) => object.class === kind).length + 1; ; n++) {
    if (!taken.has(`${kind} ${n}`)) return `${kind} ${n}`;
  }
}

/** Points that a straight line through their neighbours would miss by less than `slack` go. */
export function simplify(points: readonly Point[], slack = 1.2): Point[] {
  const first = points[0];
  const last = points[points.length - 1];
  if (points.length < 3 || !first || !last) return [...points];
  let far = 0;
  let index = 0;
  points.forEach((point, i) => {
    const d = segmentDistance(point, first, last);
    if (d > far) [far, index] = [d, i];
  });
  if (far <= slack) return [first, last];
  const left = simplify(points.slice(0, index + 1), slack);
  return [...left.slice(0, -1), ...simplify(points.slice(index), slack)];
}

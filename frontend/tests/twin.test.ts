import { describe, expect, it } from "vitest";

import type { Layout, LayoutObject } from "../src/shared/types";
import { LayoutDrawing } from "../src/twin/drawing";
import { border, drawingOf, scaleOf } from "../src/twin/geometry";
import { zoomed } from "../src/twin/viewport";

function object(name: string, x: number, y: number): LayoutObject {
  return { name, class: "Queue", x, y, width: 1, depth: 1, height: 1 };
}

function layout(objects: LayoutObject[], connections: Layout["connections"] = []): Layout {
  return { objects, connections, bounds: [0, 0, 0, 0] };
}

describe("geometry", () => {
  it("turns metres upwards into units downwards", () => {
    const { boxes } = drawingOf(layout([object("a", 0, 0), object("b", 0, 5)]));
    expect(boxes[1]!.y).toBeLessThan(boxes[0]!.y);
  });

  it("keeps the closest two apart, at any scale of the model", () => {
    for (const size of [0.01, 1, 500]) {
      const { boxes } = drawingOf(layout([object("a", 0, 0), object("b", size, 0), object("c", 4 * size, 0)]));
      expect(boxes[1]!.x - boxes[0]!.x).toBeCloseTo(132);
    }
    expect(scaleOf([object("a", 0, 0)])).toBe(132);
  });

  it("spreads objects that all stand on one spot", () => {
    const { boxes } = drawingOf(layout([object("a", 0, 0), object("b", 0, 0), object("c", 0, 0)]));
    expect(new Set(boxes.map((box) => `${box.x},${box.y}`)).size).toBe(3);
  });

  it("starts and ends arrows at the borders of the boxes", () => {
    const box = { name: "", class: "", x: 0, y: 0, w: 60, h: 40 };
    expect(border(box, 100, 0)).toEqual([36, 0]);
    expect(border(box, 0, -100)).toEqual([0, -26]);
    expect(border(box, 0, 0)).toEqual([0, 0]);
    expect(border(box, 0, 100, 18)).toEqual([0, 44]);
  });

  it("leaves out connections to objects that are not drawn", () => {
    const connections = [{ from: "a", to: "ghost", kind: "A" }, { from: "a", to: "b", kind: "A" }];
    expect(drawingOf(layout([object("a", 0, 0), object("b", 1, 0)], connections)).arrows).toHaveLength(1);
  });

  it("zooms around a point that stays where it is", () => {
    const view = zoomed({ x: 0, y: 0, w: 100, h: 100 }, 2, { x: 25, y: 25 });
    expect(view).toEqual({ x: 12.5, y: 12.5, w: 50, h: 50 });
  });
});

describe("drawing", () => {
  it("names every object and flow for those who cannot see it", () => {
    const { svg } = new LayoutDrawing(layout([object("a", 0, 0), object("b", 1, 0)], [{ from: "a", to: "b", kind: "A" }]));
    expect(svg.getAttribute("aria-label")).toContain("a → b");
  });

  it("shows state and content, and takes them away again", () => {
    const drawing = new LayoutDrawing(layout([object("a", 0, 0)]));
    const node = drawing.svg.querySelector("[data-object=a]")!;
    drawing.show("a", 4, 7);
    expect(node.getAttribute("class")).toContain("state-blocked");
    expect(node.querySelector(".box-count")!.textContent).toBe("7");
    expect(node.querySelector("title")!.textContent).toContain("blocked");
    drawing.show("a", 6, 0);
    expect(node.querySelector(".box-badge")!.getAttribute("visibility")).toBe("hidden");
    drawing.show("a", null, null);
    expect(node.getAttribute("class")).not.toContain("state-");
    expect(node.querySelector(".box-badge")!.getAttribute("visibility")).toBe("hidden");
  });
});

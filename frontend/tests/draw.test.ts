import { describe, expect, it, vi } from "vitest";

import { History } from "../src/draw/history";
import { makeList } from "../src/draw/list";
import { add, elementAt, EMPTY, freePlace, link, links, nextLabel, objects, remove, type Scene, simplify, update } from "../src/draw/scene";
import { fileError, titleOf } from "../src/draw/uploader";

function line(): Scene {
  let scene = add(EMPTY, { kind: "object", class: "Source", label: "In", x: 100, y: 100 });
  scene = add(scene, { kind: "object", class: "Sink", label: "Out", x: 500, y: 100 });
  return link(scene, 1, 2);
}

describe("scene", () => {
  it("links two objects once and nothing with itself", () => {
    expect(links(link(link(line(), 1, 2), 1, 1))).toHaveLength(1);
  });

  it("takes the links away with their object", () => {
    expect(remove(line(), 2).elements).toHaveLength(1);
  });

  it("finds objects before the lines under them", () => {
    expect(elementAt(line(), { x: 110, y: 100 })?.kind).toBe("object");
    expect(elementAt(line(), { x: 300, y: 105 })?.kind).toBe("link");
    expect(elementAt(line(), { x: 300, y: 300 })).toBeNull();
  });

  it("gives new objects names and places of their own", () => {
    let scene = EMPTY;
    for (let i = 0; i < 9; i++) {
      scene = add(scene, { kind: "object", class: "Queue", label: nextLabel(scene, "Queue"), ...freePlace(scene) });
    }
    expect(new Set(objects(scene).map((object) => object.label)).size).toBe(9);
    expect(new Set(objects(scene).map(({ x, y }) => `${x},${y}`)).size).toBe(9);
  });

  it("thins a stroke without bending it", () => {
    const straight = Array.from({ length: 50 }, (_, i) => ({ x: i, y: 0 }));
    expect(simplify(straight)).toEqual([{ x: 0, y: 0 }, { x: 49, y: 0 }]);
    const corner = [...straight, { x: 49, y: 30 }];
    expect(simplify(corner)).toContainEqual({ x: 49, y: 0 });
  });
});

describe("history", () => {
  it("goes back and forth, and a new step ends the future", () => {
    const history = new History();
    history.commit(line());
    const first = history.scene;
    history.commit(update(first, 1, { label: "Entry" }));
    history.undo();
    expect(history.scene).toBe(first);
    history.redo();
    expect(objects(history.scene)[0]?.label).toBe("Entry");
    history.undo();
    history.commit(remove(first, 2));
    expect(history.canRedo).toBe(false);
  });
});

describe("form beside the canvas", () => {
  function press(form: Element): void {
    form.dispatchEvent(new Event("submit", { cancelable: true }));
  }

  it("adds objects and links without a pointer", () => {
    const history = new History();
    const node = makeList(history);
    const [objectForm, linkForm] = [...node.querySelectorAll("form")];
    press(objectForm!);
    objectForm!.querySelector("select")!.value = "Sink";
    objectForm!.querySelector("input")!.value = "Shipping";
    press(objectForm!);
    expect(objects(history.scene).map((object) => object.label)).toEqual(["Source 1", "Shipping"]);
    press(linkForm!);
    expect(links(history.scene)).toMatchObject([{ from: 1, to: 2 }]);
  });
});

describe("files", () => {
  const file = (type: string, size: number, name = "a.png"): File => {
    const made = new File(["x"], name, { type });
    vi.spyOn(made, "size", "get").mockReturnValue(size);
    return made;
  };

  it("refuses other kinds, too large and empty ones before sending", () => {
    expect(fileError(file("image/png", 1000))).toBeNull();
    expect(fileError(file("image/svg+xml", 1000))).toMatch(/PNG/);
    expect(fileError(file("image/jpeg", 21 * 1024 * 1024))).toMatch(/20 MB/);
    expect(fileError(file("image/webp", 0))).toMatch(/empty/);
  });

  it("makes a title of the file's name", () => {
    expect(titleOf(file("image/png", 1, "ore_line-2.png"))).toBe("ore line 2");
    expect(titleOf(file("image/png", 1, "image.png"))).toBe("Pasted sketch");
  });
});

// The sketch as a form: everything the canvas can do with objects and links, by keyboard.

import { h, icon } from "../shared/dom";
import { t } from "../shared/i18n";
import type { History } from "./history";
import {
  add, CLASSES, type DrawnLink, type DrawnObject, freePlace, HEIGHT, link, links, nextLabel,
  type ObjectClass, objects, remove, type Scene, update, WIDTH,
} from "./scene";

function classNameOf(kind: ObjectClass): string {
  return kind === "Box" ? t("Box") : kind;
}

export function classOptions(chosen: ObjectClass): HTMLOptionElement[] {
  return CLASSES.map((kind) => h("option", { value: kind, selected: kind === chosen }, classNameOf(kind)));
}

function smallButton(name: string, label: string, deed: () => void): HTMLButtonElement {
  const button = h("button", { type: "button", class: "button button-quiet button-icon button-small", "aria-label": label, title: label }, icon(name));
  button.addEventListener("click", deed);
  return button;
}

function numberField(label: string, value: number, most: number, set: (value: number) => void): HTMLInputElement {
  const input = h("input", { class: "input input-small", type: "number", min: 0, max: most, step: 10, value: Math.round(value), "aria-label": label });
  input.addEventListener("change", () => set(Math.min(most, Math.max(0, Number(input.value)))));
  return input;
}

function objectRow(object: DrawnObject, history: History): HTMLElement {
  const put = (change: Partial<DrawnObject>): void => history.commit(update(history.scene, object.id, change));
  const name = h("input", { class: "input input-small", value: object.label, maxlength: 60, "aria-label": t("Name") });
  name.addEventListener("change", () => put({ label: name.value.trim() || object.label }));
  const kind = h("select", { class: "input input-small", "aria-label": t("Class of {name}", { name: object.label }) }, ...classOptions(object.class));
  kind.addEventListener("change", () => put({ class: kind.value as ObjectClass }));
  const x = numberField(t("{name}: from the left", { name: object.label }), object.x, WIDTH, (value) => put({ x: value }));
  const y = numberField(t("{name}: from the top", { name: object.label }), object.y, HEIGHT, (value) => put({ y: value }));
  const gone = smallButton("trash", t("Remove {name}", { name: object.label }), () => history.commit(remove(history.scene, object.id)));
  return h("li", { class: "draw-row", "data-id": object.id }, name, kind, x, y, gone);
}

function linkRow(known: DrawnLink, scene: Scene, history: History): HTMLElement {
  const name = (id: number): string => objects(scene).find((object) => object.id === id)?.label ?? "?";
  const label = `${name(known.from)} → ${name(known.to)}`;
  const gone = smallButton("trash", t("Remove {name}", { name: label }), () => history.commit(remove(history.scene, known.id)));
  return h("li", { class: "draw-link" }, h("span", { class: "truncate" }, label), gone);
}

function addForm(history: History): HTMLElement {
  const kind = h("select", { class: "input input-small", "aria-label": t("Class") }, ...classOptions("Source"));
  const name = h("input", { class: "input input-small", maxlength: 60, placeholder: t("Name (optional)"), "aria-label": t("Name") });
  const send = h("button", { type: "submit", class: "button button-small" }, icon("plus"), t("Add object"));
  const form = h("form", { class: "draw-add" }, kind, name, send);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { scene } = history;
    const chosen = kind.value as ObjectClass;
    const label = name.value.trim() || nextLabel(scene, chosen);
    history.commit(add(scene, { kind: "object", class: chosen, label, ...freePlace(scene) }));
    name.value = "";
    kind.focus();
  });
  return form;
}

function linkForm(history: History): HTMLElement {
  const from = h("select", { class: "input input-small", "aria-label": t("From") });
  const to = h("select", { class: "input input-small", "aria-label": t("To") });
  const send = h("button", { type: "submit", class: "button button-small" }, icon("plus"), t("Add link"));
  const form = h("form", { class: "draw-add" }, from, to, send);
  history.onChange((scene) => {
    for (const select of [from, to]) {
      const { value } = select;
      select.replaceChildren(...objects(scene).map((object) => h("option", { value: object.id }, object.label)));
      select.value = value;
      if (select.selectedIndex < 0) select.selectedIndex = 0;
    }
    // A link to itself is none: offer the newest object as the target.
    if (from.value === to.value) to.selectedIndex = to.options.length - 1;
    send.disabled = objects(scene).length < 2;
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    history.commit(link(history.scene, Number(from.value), Number(to.value)));
  });
  return form;
}

/** Redraw a list without taking the focus from the field in use. */
function refill(list: HTMLElement, rows: HTMLElement[]): void {
  const active = document.activeElement;
  const row = active?.closest<HTMLElement>("[data-id]");
  const index = row ? [...row.children].indexOf(active as Element) : -1;
  const inList = row !== null && row !== undefined && list.contains(row);
  list.replaceChildren(...rows);
  if (!inList) return;
  const again = list.querySelector(`[data-id="${row.dataset["id"] ?? ""}"]`)?.children[index];
  if (again instanceof HTMLElement) again.focus();
}

export function makeList(history: History): HTMLElement {
  const objectList = h("ul", { class: "draw-list" });
  const linkList = h("ul", { class: "draw-list" });
  history.onChange((scene) => {
    refill(objectList, objects(scene).map((object) => objectRow(object, history)));
    refill(linkList, links(scene).map((known) => linkRow(known, scene, history)));
  });
  return h(
    "div",
    { class: "draw-form" },
    h("h2", { class: "panel-title" }, t("Objects")),
    addForm(history),
    objectList,
    h("h2", { class: "panel-title" }, t("Links")),
    linkForm(history),
    linkList,
  );
}

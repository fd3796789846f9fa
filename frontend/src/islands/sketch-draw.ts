// Drawing a sketch in the page: canvas with tools, and the same scene as a form beside it.

import { upload } from "../shared/api";
import { h, icon, pageData } from "../shared/dom";
import { t } from "../shared/i18n";
import { toastError } from "../shared/toast";
import type { Sketch } from "../shared/types";
import { History } from "../draw/history";
import { classOptions, makeList } from "../draw/list";
import { toPng } from "../draw/paint";
import { add, HEIGHT, type ObjectClass, type Scene, update, WIDTH } from "../draw/scene";
import { Board, type Tool } from "../draw/tools";

function toolNames(): [Tool, string, string][] {
  return [
    ["stamp", "stamp", t("Object")],
    ["connect", "connect", t("Connect")],
    ["pen", "pencil", t("Pen")],
    ["text", "text", t("Text")],
    ["move", "move", t("Move")],
    ["erase", "eraser", t("Eraser")],
  ];
}

function toolbar(board: Board): HTMLElement {
  const buttons = toolNames().map(([tool, image, label]) => {
    const button = h("button", { type: "button", class: "button button-quiet", "aria-pressed": String(board.box.tool === tool), "data-tool": tool }, icon(image), label);
    button.addEventListener("click", () => choose(tool));
    return button;
  });
  const choose = (tool: Tool): void => {
    board.box.tool = tool;
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset["tool"] === tool));
  };
  const stamp = h("select", { class: "input input-small draw-class", "aria-label": t("Object to place") }, ...classOptions(board.box.stamp));
  stamp.addEventListener("change", () => {
    board.box.stamp = stamp.value as ObjectClass;
    choose("stamp");
  });
  return h("div", { class: "draw-tools", role: "toolbar", "aria-label": t("Drawing tools") }, ...buttons, stamp);
}

function stepButtons(history: History): HTMLElement {
  const undo = h("button", { type: "button", class: "button button-quiet button-icon", "aria-label": t("Undo"), title: "Ctrl+Z" }, icon("undo"));
  const redo = h("button", { type: "button", class: "button button-quiet button-icon", "aria-label": t("Redo"), title: "Ctrl+Y" }, icon("redo"));
  undo.addEventListener("click", () => history.undo());
  redo.addEventListener("click", () => history.redo());
  history.onChange(() => {
    undo.disabled = !history.canUndo;
    redo.disabled = !history.canRedo;
  });
  return h("div", { class: "actions" }, undo, redo);
}

function shortcuts(history: History): void {
  document.addEventListener("keydown", (event) => {
    const typing = (event.target as Element).closest("input, textarea, select");
    if (typing || !(event.ctrlKey || event.metaKey)) return;
    const key = event.key.toLowerCase();
    if (key === "z" && !event.shiftKey) history.undo();
    else if (key === "y" || (key === "z" && event.shiftKey)) history.redo();
    else return;
    event.preventDefault();
  });
}

/** A small dialog for one line of text; null when given up. */
function ask(title: string, value: string): Promise<string | null> {
  const input = h("input", { class: "input", value, maxlength: 60, "aria-labelledby": "ask-title" });
  const cancel = h("button", { type: "button", class: "button", "data-close": true }, t("Cancel"));
  const form = h("form", { method: "dialog" }, h("div", { class: "dialog-head" }, h("h2", { id: "ask-title" }, title)), h("div", { class: "dialog-body" }, input), h("div", { class: "dialog-foot" }, cancel, h("button", { class: "button button-primary", value: "ok" }, t("OK"))));
  const dialog = h("dialog", { "aria-labelledby": "ask-title" }, form);
  document.body.append(dialog);
  dialog.showModal();
  input.select();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      resolve(dialog.returnValue === "ok" ? input.value.trim() : null);
      dialog.remove();
    });
  });
}

function naming(board: Board, history: History): void {
  board.onStamp = (object) => {
    void ask(t("Name of the object"), object.label).then((label) => {
      if (label) history.commit(update(history.scene, object.id, { label }));
    });
  };
  board.askText = (point) => {
    void ask(t("Text on the sketch"), "").then((text) => {
      if (text) history.commit(add(history.scene, { kind: "text", text, ...point }));
    });
  };
}

async function save(url: string, title: string, scene: Scene): Promise<Sketch> {
  const form = new FormData();
  form.append("file", await toPng(scene), "sketch.png");
  form.append("title", title);
  form.append("origin", "drawn");
  form.append("strokes", JSON.stringify({ width: WIDTH, height: HEIGHT, elements: scene.elements }));
  return upload<Sketch>(url, form, () => undefined);
}

function saveBar(root: HTMLElement, history: History): HTMLElement {
  const title = h("input", { class: "input", value: t("Drawn sketch"), maxlength: 120, "aria-label": t("Title of the sketch") });
  const button = h("button", { type: "submit", class: "button button-primary" }, icon("save"), t("Save sketch"));
  const form = h("form", { class: "draw-save" }, title, button);
  let saved: Scene = history.scene;
  history.onChange((scene) => (button.disabled = scene.elements.length === 0));
  window.addEventListener("beforeunload", (event) => {
    if (history.scene !== saved && history.scene.elements.length > 0) event.preventDefault();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    button.disabled = true;
    save(root.dataset["url"] ?? "", title.value.trim() || t("Drawn sketch"), history.scene)
      .then((sketch) => {
        saved = history.scene;
        location.assign((root.dataset["next"] ?? "").replace("SKETCH", sketch.id));
      })
      .catch((error: unknown) => {
        button.disabled = false;
        toastError(error);
      });
  });
  return form;
}

export function mount(root: HTMLElement): void {
  const start = pageData<{ elements?: Scene["elements"] }>("sketch-strokes");
  const elements = start?.elements ?? [];
  const next = 1 + Math.max(0, ...elements.map((element) => element.id));
  const history = new History({ next, elements });
  const canvas = h("canvas", { class: "draw-canvas", role: "img", "aria-label": t("Drawing area. The form beside it does the same by keyboard.") });
  const board = new Board(canvas, history);
  naming(board, history);
  shortcuts(history);
  const top = h("div", { class: "draw-top" }, toolbar(board), stepButtons(history), saveBar(root, history));
  root.replaceChildren(top, h("div", { class: "draw-body" }, h("div", { class: "draw-paper" }, canvas), makeList(history)));
}

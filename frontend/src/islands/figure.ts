// One figure of a run: chart, its tools, its filters, and the same numbers as a table.

import { h, icon } from "../shared/dom";
import { number, t } from "../shared/i18n";
import { stateLabel } from "../shared/states";
import { figuresAt, runFigures } from "../run/data";
import { type Figure, filtered, isTimed, objectNames, ownColumns, rowCount, stateNames, tableOf } from "../run/figures";
import { filterMenu } from "../run/filter";
import { inTurn, loadPlotly, Plot } from "../run/plot";

function tool(name: string, label: string, deed: () => void): HTMLElement {
  const button = h("button", { type: "button", class: "button button-quiet button-icon button-small", "aria-label": label, title: label }, icon(name));
  button.addEventListener("click", deed);
  return button;
}

function tools(plot: Plot, name: string, timed: boolean): HTMLElement {
  const zoom = timed
    ? [
        tool("arrow-left", t("Earlier"), () => void plot.move(1, -0.25)),
        tool("arrow-right", t("Later"), () => void plot.move(1, 0.25)),
        tool("plus", t("Zoom in"), () => void plot.move(0.5, 0)),
        tool("minus", t("Zoom out"), () => void plot.move(2, 0)),
        tool("fit", t("Show all"), () => void plot.reset()),
      ]
    : [];
  return h("div", { class: "figure-tools", role: "group", "aria-label": t("Chart tools") }, ...zoom, tool("download", t("Save as picture"), () => void plot.save(name)));
}

function fillTable(place: HTMLElement, figure: Figure): void {
  const labels = { object: t("Object"), state: t("State"), start: t("Start (s)"), end: t("End (s)"), time: t("Time (s)"), value: t("Value") };
  const { columns, rows, left } = tableOf(figure, labels);
  const cell = (value: string | number): HTMLElement =>
    typeof value === "number" ? h("td", { class: "num" }, number(value, 3)) : h("td", {}, stateLabel(value));
  const table = h("table", {}, h("thead", {}, h("tr", {}, ...columns.map((name) => h("th", { scope: "col" }, name)))), h("tbody", {}, ...rows.map((row) => h("tr", {}, ...row.map(cell)))));
  const note = left > 0 ? h("p", { class: "help" }, t("{n} more rows are in the CSV export.", { n: number(left) })) : null;
  const wrap = h("div", { class: "table-wrap figure-table", tabindex: "0", role: "region", "aria-label": t("Numbers of the chart") }, table);
  place.replaceChildren(wrap, ...(note ? [note] : []));
}

function tableView(current: () => Figure): HTMLElement {
  const place = h("div", {});
  const details = h("details", { class: "figure-numbers" }, h("summary", {}, t("Show as table")), place);
  details.addEventListener("toggle", () => {
    if (details.open) fillTable(place, current());
    else place.replaceChildren();
  });
  return details;
}

function near(element: HTMLElement): Promise<void> {
  return new Promise((resolve) => {
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        observer.disconnect();
        resolve();
      },
      { rootMargin: "300px" },
    );
    observer.observe(element);
  });
}

function filters(figure: Figure, redraw: (objects: Set<string>, states: Set<string>) => void): HTMLElement[] {
  let objects = new Set<string>();
  let states = new Set<string>();
  const names = objectNames(figure);
  const kinds = stateNames(figure);
  const menus: HTMLElement[] = [];
  if (names.length > 1) {
    menus.push(filterMenu(ownColumns(figure)?.[0] ?? t("Objects"), names, (name) => name, (hidden) => redraw((objects = hidden), states)));
  }
  if (kinds.length > 1) {
    menus.push(filterMenu(t("States"), kinds, stateLabel, (hidden) => redraw(objects, (states = hidden))));
  }
  return menus;
}

async function draw(root: HTMLElement, name: string, figure: Figure): Promise<void> {
  const canvas = h("div", { class: "figure-canvas", role: "img", "aria-label": root.dataset["label"] ?? name });
  if (figure.data.some((trace) => trace.orientation === "h")) canvas.style.height = `${90 + 30 * rowCount(figure)}px`;
  const plot = new Plot(canvas, await loadPlotly());
  let shown = figure;
  const redraw = (objects: Set<string>, states: Set<string>): void => {
    shown = filtered(figure, objects, states);
    void plot.show(shown);
  };
  const head = h("div", { class: "figure-bar" }, h("div", { class: "actions" }, ...filters(figure, redraw)), tools(plot, name, isTimed(figure)));
  root.replaceChildren(head, canvas, tableView(() => shown));
  await plot.show(figure);
}

export async function mount(root: HTMLElement): Promise<void> {
  const name = root.dataset["figure"] ?? "";
  await near(root);
  const url = root.dataset["url"];
  const figure = (await (url ? figuresAt(url) : runFigures()))[name];
  if (figure && figure.data.length > 0) await inTurn(() => draw(root, name, figure));
  else root.replaceChildren(h("p", { class: "empty empty-small" }, t("Nothing was recorded for this chart.")));
}

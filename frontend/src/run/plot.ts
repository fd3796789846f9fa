// Plotly, loaded when the first figure comes near, drawn without any style element of its own.

import type PlotlyModule from "plotly.js-cartesian-dist-min";

import type { Figure } from "./figures";
import { isTimed, themed } from "./figures";
import { timeTicks } from "./ticks";

type Plotly = typeof PlotlyModule;

const TICK_WIDTH = 64;

let loading: Promise<Plotly> | null = null;

/** Plotly leaves its style sheet out when it finds this; our styles hold the rules it needs. */
function forbidStyles(): void {
  const sign = document.createElement("template");
  sign.id = "plotly.js-style-global";
  sign.className = "no-inline-styles";
  document.head.append(sign);
}

export function loadPlotly(): Promise<Plotly> {
  loading ??= (async () => {
    forbidStyles();
    return (await import("plotly.js-cartesian-dist-min")).default;
  })();
  return loading;
}

const CONFIG = { displayModeBar: false, responsive: true, scrollZoom: false, doubleClick: "reset", showTips: false };

export class Plot {
  private figure: Figure | null = null;
  private listening = false;

  constructor(readonly node: HTMLElement, private readonly plotly: Plotly) {
    const redraw = (): void => void this.redraw();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
    new MutationObserver(redraw).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  }

  async show(figure: Figure): Promise<void> {
    this.figure = figure;
    await this.redraw();
  }

  /** Change the shown part of the time axis: factor < 1 comes closer, shift is a share of it. */
  async move(factor: number, shift: number): Promise<void> {
    const range = this.range();
    if (!range) return;
    const [from, to] = range;
    const middle = (from + to) / 2 + shift * (to - from);
    const half = ((to - from) / 2) * factor;
    await this.plotly.relayout(this.node, { "xaxis.range": [Math.max(0, middle - half), Math.max(0, middle - half) + 2 * half] });
  }

  async reset(): Promise<void> {
    await this.plotly.relayout(this.node, { "xaxis.autorange": true, "yaxis.autorange": true });
  }

  async save(name: string): Promise<void> {
    await this.plotly.downloadImage(this.node, { format: "png", filename: name, scale: 2, width: 1200, height: 600 });
  }

  /** Round clock times for the part of the axis that is shown. */
  private async tick(): Promise<void> {
    const range = this.range();
    if (!range || !this.figure || !isTimed(this.figure)) return;
    const most = Math.max(3, Math.floor(this.node.clientWidth / TICK_WIDTH) - 1);
    const ticks = timeTicks(range[0], range[1], most);
    await this.plotly.relayout(this.node, ticks
      ? { "xaxis.tickmode": "array", "xaxis.tickvals": ticks.tickvals, "xaxis.ticktext": ticks.ticktext, "xaxis.ticksuffix": "" }
      : { "xaxis.tickmode": "auto", "xaxis.ticksuffix": " s" });
  }

  /** Plotly's node is an emitter once it is drawn; our own change of ticks is not answered. */
  private listen(): void {
    const node = this.node as HTMLElement & { on?: (name: string, call: (change: object) => void) => void };
    if (this.listening || !node.on) return;
    this.listening = true;
    node.on("plotly_relayout", (change) => {
      if (!("xaxis.tickmode" in change)) void this.tick();
    });
  }

  private range(): [number, number] | null {
    const { _fullLayout: full } = this.node as HTMLElement & { _fullLayout?: { xaxis?: { range?: [number, number] } } };
    const range = full?.xaxis?.range;
    return range ?? null;
  }

  private async redraw(): Promise<void> {
    if (!this.figure) return;
    const { data, layout } = themed(this.figure);
    await this.plotly.react(this.node, data, { ...layout, uirevision: "kept" }, CONFIG);
    this.listen();
    await this.tick();
  }
}

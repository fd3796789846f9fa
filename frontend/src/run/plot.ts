// Plotly, loaded when the first figure comes near, drawn without any style element of its own.

import type PlotlyModule from "plotly.js-cartesian-dist-min";

import type { Figure } from "./figures";
import { themed } from "./figures";

type Plotly = typeof PlotlyModule;

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

  private range(): [number, number] | null {
    const { _fullLayout: full } = this.node as HTMLElement & { _fullLayout?: { xaxis?: { range?: [number, number] } } };
    const range = full?.xaxis?.range;
    return range ?? null;
  }

  private async redraw(): Promise<void> {
    if (!this.figure) return;
    const { data, layout } = themed(this.figure);
    await this.plotly.react(this.node, data, { ...layout, uirevision: "kept" }, CONFIG);
  }
}

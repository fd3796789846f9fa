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

function givenRange(figure: Figure): [number, number] | null {
  return (figure.layout["xaxis"] as { range?: [number, number] } | undefined)?.range ?? null;
}

let last: Promise<void> = Promise.resolve();

/** Do heavy drawing one figure after the other, with the page free to answer between them. */
export function inTurn(draw: () => Promise<void>): Promise<void> {
  const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
  const own = last.then(pause).then(draw);
  last = own.catch(() => undefined);
  return own;
}

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
    const whole = this.figure && givenRange(this.figure);
    const time = whole ? { "xaxis.range": whole } : { "xaxis.autorange": true };
    await this.plotly.relayout(this.node, { ...time, "yaxis.autorange": true });
  }

  async save(name: string): Promise<void> {
    await this.plotly.downloadImage(this.node, { format: "png", filename: name, scale: 2, width: 1200, height: 600 });
  }

  /** Round clock times for a part of the time axis. */
  private ticks(range: [number, number]): Record<string, unknown> {
    const most = Math.max(3, Math.floor(this.node.clientWidth / TICK_WIDTH) - 1);
    const ticks = timeTicks(range[0], range[1], most);
    return ticks ? { tickmode: "array", ...ticks, ticksuffix: "" } : { tickmode: "auto", ticksuffix: " s" };
  }

  private async tick(): Promise<void> {
    const range = this.range();
    if (!range || !this.figure || !isTimed(this.figure)) return;
    const changes = Object.entries(this.ticks(range)).map(([key, value]) => [`xaxis.${key}`, value]);
    await this.plotly.relayout(this.node, Object.fromEntries(changes) as Record<string, unknown>);
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

  /** Ticks go in with the figure where its range is known: laying out twice takes twice as long. */
  private async redraw(): Promise<void> {
    if (!this.figure) return;
    const { data, layout } = themed(this.figure);
    const range = isTimed(this.figure) ? (this.range() ?? givenRange(this.figure)) : null;
    const xaxis = { ...(layout["xaxis"] as object), ...(range ? this.ticks(range) : {}) };
    await this.plotly.react(this.node, data, { ...layout, xaxis, uirevision: "kept" }, CONFIG);
    this.listen();
    if (!range) await this.tick();
  }
}

// Figures come from the server as Plotly JSON; colours, fonts and filters are the page's.

import { t } from "../shared/i18n";
import { stateColour, stateLabel } from "../shared/states";

export interface Trace {
  type?: string;
  name?: string;
  x?: Column;
  y?: Column;
  base?: Column;
  customdata?: Column;
  text?: Column;
  hovertext?: Column;
  orientation?: string;
  visible?: boolean | string;
  marker?: Record<string, unknown>;
  line?: Record<string, unknown>;
  meta?: { state?: string; object?: string; [key: string]: unknown };
  [key: string]: unknown;
}

export interface Figure {
  data: Trace[];
  layout: Record<string, unknown>;
}

type Column = unknown[] | { dtype: string; bdata: string; shape?: string };

const READERS: Readonly<Record<string, new (buffer: ArrayBuffer) => ArrayLike<number>>> = {
  f8: Float64Array, f4: Float32Array, i4: Int32Array, u4: Uint32Array, i2: Int16Array,
  u2: Uint16Array, i1: Int8Array, u1: Uint8Array,
};

/** A column as a plain list, also where it came as base64 of a typed array. */
export function column(values: Column | undefined): unknown[] {
  if (!values) return [];
  if (Array.isArray(values)) return values;
  const Reader = READERS[values.dtype];
  if (!Reader) return [];
  const bytes = Uint8Array.from(atob(values.bdata), (letter) => letter.charCodeAt(0));
  return Array.from(new Reader(bytes.buffer));
}

/** Whether the horizontal axis is simulated time; the others show shares. */
export function isTimed(figure: Figure): boolean {
  const given = figure.layout["xaxis"] as { tickformat?: string } | undefined;
  return given !== undefined && given.tickformat === undefined;
}

function isBars(trace: Trace): boolean {
  return trace.type === "bar" && trace.orientation === "h";
}

/** The names that the figure is about: bars' rows, or one per line. */
export function objectNames(figure: Figure): string[] {
  const names = new Set<string>();
  for (const trace of figure.data) {
    if (isBars(trace)) for (const name of column(trace.y)) names.add(String(name));
    else if (trace.meta?.object ?? trace.name) names.add(trace.meta?.object ?? trace.name ?? "");
  }
  return [...names];
}

/** How many rows the vertical axis of names has. */
export function rowCount(figure: Figure): number {
  return new Set(figure.data.flatMap((trace) => column(trace.y).map(String))).size;
}

export function stateNames(figure: Figure): string[] {
  const names = figure.data.filter(isBars).map((trace) => trace.name ?? "");
  return [...new Set(names.filter(Boolean))];
}

const COLUMNS = ["x", "y", "base", "customdata", "text", "hovertext", "width"] as const;

function pick(trace: Trace, keep: (name: string) => boolean): Trace {
  const rows = column(trace.y);
  const indices = rows.flatMap((name, index) => (keep(String(name)) ? [index] : []));
  if (indices.length === rows.length) return trace;
  const picked: Trace = { ...trace };
  for (const key of COLUMNS) {
    const values = trace[key];
    if (values === undefined || typeof values !== "object" || values === null) continue;
    const list = column(values as Column);
    if (list.length === rows.length) picked[key] = indices.map((index) => list[index]);
  }
  return picked;
}

/** The figure without the objects and states that are hidden. */
export function filtered(figure: Figure, hiddenObjects: ReadonlySet<string>, hiddenStates: ReadonlySet<string>): Figure {
  const data = figure.data
    .filter((trace) => !(isBars(trace) && hiddenStates.has(trace.name ?? "")))
    .filter((trace) => isBars(trace) || !hiddenObjects.has(trace.meta?.object ?? trace.name ?? ""))
    .map((trace) => (isBars(trace) ? pick(trace, (name) => !hiddenObjects.has(name)) : trace));
  return { ...figure, data };
}

const STATE_OF: Readonly<Record<string, string>> = {
  idle: "idle", processing: "processing", busy: "busy", blocked: "blocked", generating: "generating",
  empty: "empty", collecting: "collecting", releasing: "releasing", setup: "setup", full: "full",
  "waiting for operator": "waiting", "waiting for transport": "waiting", breakdown: "down", down: "down",
  "scheduled down": "down", "not empty": "processing",
};

function coloured(trace: Trace, index: number, palette: readonly string[]): Trace {
  const state = STATE_OF[(trace.meta?.state ?? trace.name ?? "").toLowerCase().replaceAll("_", " ")];
  const colour = state ? stateColour(state) : palette[index % palette.length];
  if (trace.type === "bar") {
    const error = trace["error_x"] as object | undefined;
    if (error) trace = { ...trace, error_x: { ...error, color: token("ink"), thickness: 1.5, width: 5 } };
    const own = Array.isArray(trace.marker?.["color"]);
    return own ? trace : { ...trace, marker: { ...trace.marker, color: colour, line: { width: 0 } } };
  }
  const marked = trace.type === "box" || (typeof trace["mode"] === "string" && trace["mode"].includes("markers"));
  const marker = marked ? { marker: { ...trace.marker, color: colour } } : {};
  return { ...trace, ...marker, ...errorBars(trace, colour), line: { ...trace.line, color: colour, width: 1.75 } };
}

/** Intervals of points in the colour of their curve. */
function errorBars(trace: Trace, colour: string | undefined): Partial<Trace> {
  const bars = (["error_x", "error_y"] as const).filter((key) => trace[key] !== undefined);
  return Object.fromEntries(bars.map((key) => [key, { ...(trace[key] as object), color: colour, thickness: 1.5, width: 5 }]));
}

/** The state's name in the page's language, in the legend and under the pointer. */
function named(trace: Trace): Trace {
  const state = trace.meta?.state;
  if (!state) return trace;
  const label = stateLabel(state);
  const hover = trace["hovertemplate"];
  const shown = typeof hover === "string" ? { hovertemplate: hover.replace(`: ${trace.name ?? state}`, `: ${label}`) } : {};
  return { ...trace, ...shown, name: label };
}

function token(name: string): string {
  // A probe resolves light-dark() to the colour in force.
  const probe = document.createElement("span");
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

function axis(given: unknown, colours: { line: string; ink: string }): Record<string, unknown> {
  return {
    ...(given as Record<string, unknown> | undefined),
    gridcolor: colours.line, zerolinecolor: colours.line, linecolor: colours.line,
    tickcolor: colours.line, tickfont: { color: colours.ink, size: 12 }, automargin: true,
  };
}

/** The figure in the page's colours and font, without a frame of its own. */
export function themed(figure: Figure): Figure {
  const ink = token("ink-2");
  const line = token("line");
  const surface = token("surface");
  const palette = ["accent", "state-processing", "state-waiting", "state-setup", "state-blocked", "state-releasing", "state-full", "state-down"].map(token);
  const layout: Record<string, unknown> = {
    ...figure.layout,
    template: undefined, title: undefined, width: undefined, autosize: true,
    paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
    font: { family: getComputedStyle(document.body).fontFamily, color: ink, size: 12 },
    margin: { l: 8, r: 12, t: 10, b: 36, pad: 4 },
    hoverlabel: { bgcolor: surface, bordercolor: line, font: { color: token("ink"), size: 12 } },
    legend: { orientation: "h", x: 0, y: 1.02, yanchor: "bottom", font: { color: ink, size: 12 } },
    hovermode: figure.data.some((trace) => trace.orientation === "h") ? "closest" : "x unified",
  };
  for (const key of Object.keys(figure.layout)) {
    if (/^[xy]axis\d*$/.test(key)) layout[key] = axis(figure.layout[key], { line, ink });
  }
  if (Array.isArray(layout["shapes"])) {
    layout["shapes"] = (layout["shapes"] as { line?: object }[]).map((shape) => ({ ...shape, line: { ...shape.line, color: ink } }));
  }
  layout["xaxis"] ??= axis({}, { line, ink });
  layout["yaxis"] ??= axis({}, { line, ink });
  if (isTimed(figure)) layout["xaxis"] = { ...(layout["xaxis"] as object), title: { text: t("simulated time") } };
  return { data: figure.data.map((trace, index) => named(coloured(trace, index, palette))), layout };
}

export interface TableData {
  columns: string[];
  rows: (string | number)[][];
  left: number;
}

function round(value: unknown): string | number {
  return typeof value === "number" ? Math.round(value * 1000) / 1000 : typeof value === "string" ? value : "";
}

/** The columns of the table, where the server names them. */
export function ownColumns(figure: Figure): string[] | undefined {
  return (figure.layout["meta"] as { columns?: string[] } | undefined)?.columns;
}

/** Half the width of a point's interval, where there is one. */
function errorOf(trace: Trace, index: number): (string | number)[] {
  const bars = (trace["error_x"] ?? trace["error_y"]) as { array?: number[] } | undefined;
  return bars?.array ? [round(bars.array[index])] : [];
}

/** The same numbers as rows, at most `most` of them. */
export function tableOf(figure: Figure, labels: { object: string; state: string; start: string; end: string; time: string; value: string }, most = 400): TableData {
  const bars = figure.data.some((trace) => isBars(trace) && trace.base !== undefined);
  const own = ownColumns(figure);
  const rows: (string | number)[][] = [];
  for (const trace of figure.data) {
    const x = column(trace.x);
    const y = column(trace.y);
    const base = column(trace.base);
    const name = trace.meta?.state ? stateLabel(trace.meta.state) : (trace.name ?? "");
    x.forEach((value, i) => {
      if (bars) rows.push([String(y[i]), name, round(base[i]), round(Number(base[i]) + Number(value))]);
      else if (isBars(trace)) rows.push([String(y[i]), name, round(value)]);
      else if (own) rows.push([...(trace.orientation === "h" ? [String(y[i]), round(value)] : [name, round(value), round(y[i])]), ...errorOf(trace, i)]);
      else rows.push([name, round(value), round(y[i])]);
    });
  }
  const horizontal = figure.data.some(isBars);
  if (own) return { columns: own, rows: rows.slice(0, most), left: Math.max(0, rows.length - most) };
  const columns = bars
    ? [labels.object, labels.state, labels.start, labels.end]
    : horizontal ? [labels.object, labels.state, labels.value] : [labels.object, labels.time, labels.value];
  return { columns, rows: rows.slice(0, most), left: Math.max(0, rows.length - most) };
}

import { get, urls } from "../shared/api";
import { pageData } from "../shared/dom";
import type { Layout, Run, Sketch } from "../shared/types";
import type { Figure } from "./figures";

export interface RunData {
  run: Run;
  figures?: Record<string, Figure> | null;
  figures_url?: string;
  layout: Layout | null;
  trace_url: string;
  sketch: Sketch | null;
  topic: string;
  seq: number;
}

let data: RunData | null = null;
let figures: Promise<Record<string, Figure>> | null = null;

export function runData(): RunData {
  data ??= pageData<RunData>("run-data");
  if (!data) throw new Error("The page lacks its run data.");
  return data;
}

/** All figures of the run; fetched once when they did not come with the page. */
export function runFigures(): Promise<Record<string, Figure>> {
  const { figures: given, figures_url: url, run } = runData();
  const complete = given && Object.keys(given).length > 0;
  figures ??= complete ? Promise.resolve(given) : get<Record<string, Figure>>(url ?? urls.figures(run.id));
  return figures;
}

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

export function runData(): RunData {
  data ??= pageData<RunData>("run-data");
  if (!data) throw new Error("The page lacks its run data.");
  return data;
}

const fetched = new Map<string, Promise<Record<string, Figure>>>();

/** All figures at an address; fetched once for all islands of the page. */
export function figuresAt(url: string): Promise<Record<string, Figure>> {
  const known = fetched.get(url) ?? get<Record<string, Figure>>(url);
  fetched.set(url, known);
  return known;
}

/** All figures of the run; fetched once when they did not come with the page. */
export function runFigures(): Promise<Record<string, Figure>> {
  const { figures: given, figures_url: url, run } = runData();
  const complete = given && Object.keys(given).length > 0;
  return complete ? Promise.resolve(given) : figuresAt(url ?? urls.figures(run.id));
}

// Ticks of a time axis at round clock times, instead of thousands of seconds.

import { duration } from "../shared/format";

const DAY = 86_400;
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200];

export interface Ticks {
  tickvals: number[];
  ticktext: string[];
}

/** The smallest round step that needs at most `most` ticks; null below one second. */
function stepOf(span: number, most: number): number | null {
  if (span / most < 0.5) return null;
  const step = STEPS.find((size) => span / size <= most);
  if (step !== undefined) return step;
  let days = DAY;
  while (span / days > most) days *= 2;
  return days;
}

function label(seconds: number, step: number): string {
  if (step >= DAY) return duration(seconds);
  const pad = (n: number): string => String(n).padStart(2, "0");
  const hours = `${Math.floor(seconds / 3600)}:${pad(Math.floor((seconds % 3600) / 60))}`;
  return step >= 60 ? hours : `${hours}:${pad(seconds % 60)}`;
}

/** Times between `from` and `to` (s) as h:mm, h:mm:ss or days; null where seconds say it better. */
export function timeTicks(from: number, to: number, most: number): Ticks | null {
  const step = stepOf(to - from, most);
  if (step === null) return null;
  const tickvals: number[] = [];
  for (let at = Math.ceil(Math.max(0, from) / step) * step; at <= to; at += step) tickvals.push(at);
  return { tickvals, ticktext: tickvals.map((at) => (at === 0 ? "0" : label(at, step))) };
}

// What the lines of an experiment's parameters mean, as far as the page must know it.

export interface Choice {
  object: string;
  class: string;
  properties: { name: string; value: string | null }[];
}

/** Values between commas outside of brackets and strings: "1, uniform(2, 3)" are two. */
export function valuesOf(text: string): string[] {
  const parts = [""];
  let depth = 0;
  let quoted = false;
  for (const char of text) {
    if (char === '"') quoted = !quoted;
    if (!quoted) depth += "([{".includes(char) ? 1 : ")]}".includes(char) ? -1 : 0;
    if (char === "," && depth === 0 && !quoted) parts.push("");
    else parts[parts.length - 1] = (parts[parts.length - 1] ?? "") + char;
  }
  return parts.map((part) => part.trim()).filter(Boolean);
}

export function lineOf(object: string, property: string, values: string): string {
  return `${object}.${property} = ${valuesOf(values).join(", ")}`;
}

/** How many scenarios the lines make, the model as it is counted where it is wanted. */
export function scenarioCount(lines: string, grid: boolean, withBase: boolean): number {
  const counts = lines
    .split("\n")
    .filter((line) => line.trim())
    .map((line) => valuesOf(line.slice(line.indexOf("=") + 1)).length);
  if (counts.length === 0) return 1;
  const made = grid ? counts.reduce((product, count) => product * count, 1) : Math.max(...counts);
  return made + (withBase ? 1 : 0);
}

/** Values around a number, to begin with: 10 gives "8, 10, 12". */
export function suggestion(value: string | null): string {
  const number = Number(value);
  if (!value || !Number.isFinite(number) || number === 0) return value ?? "";
  const step = Number.isInteger(number) ? Math.max(1, Math.round(number * 0.2)) : number * 0.2;
  const round = (x: number): number => Number(x.toPrecision(6));
  return [number - step, number, number + step].map(round).join(", ");
}

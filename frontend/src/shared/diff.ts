// Line differences of two texts by the longest common subsequence.

export interface DiffLine {
  kind: "same" | "added" | "removed";
  text: string;
  left: number | null;
  right: number | null;
}

// Beyond this many cells the table would cost too much memory; the middle is then shown whole.
const MOST_CELLS = 4_000_000;

function table(a: readonly string[], b: readonly string[]): Uint32Array {
  const width = b.length + 1;
  const cells = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number): number => cells[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      cells[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  return cells;
}

function walk(a: readonly string[], b: readonly string[]): DiffLine["kind"][] {
  if (a.length * b.length > MOST_CELLS) {
    return [...a.map(() => "removed" as const), ...b.map(() => "added" as const)];
  }
  const cells = table(a, b);
  const width = b.length + 1;
  const kinds: DiffLine["kind"][] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      kinds.push("same");
      i++;
      j++;
    } else if (i < a.length && (j >= b.length || (cells[(i + 1) * width + j] ?? 0) >= (cells[i * width + j + 1] ?? 0))) {
      kinds.push("removed");
      i++;
    } else {
      kinds.push("added");
      j++;
    }
  }
  return kinds;
}

export function diffLines(before: string, after: string): DiffLine[] {
  const a = before.trimEnd().split("\n");
  const b = after.trimEnd().split("\n");
  let i = 0;
  let j = 0;
  return walk(a, b).map((kind) => {
    const text = (kind === "added" ? b[j] : a[i]) ?? "";
    const left = kind === "added" ? null : ++i;
    const right = kind === "removed" ? null : ++j;
    return { kind, text, left, right };
  });
}

/** Runs of unchanged lines longer than twice `context` are cut to that many on each side. */
export function withContext(lines: readonly DiffLine[], context = 3): (DiffLine | null)[] {
  const near = lines.map((_, index) =>
    lines.slice(Math.max(0, index - context), index + context + 1).some((line) => line.kind !== "same"),
  );
  const shown: (DiffLine | null)[] = [];
  lines.forEach((line, index) => {
    if (near[index]) shown.push(line);
    else if (shown[shown.length - 1] !== null) shown.push(null);
  });
  return shown;
}

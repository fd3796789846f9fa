// The recorded run, ready to be asked "what was everything doing at time t?".

export interface TraceJson {
  /** End of the recorded replication in seconds. */
  end?: number;
  states: [string, number, number, number][];
  content: Record<string, [number, number][]>;
  items?: [string | number, string, number, number | null][];
  /** The record ends early: it would have been too long. */
  truncated?: boolean;
}

export interface Interval {
  state: number;
  start: number;
  end: number;
}

export interface Stay {
  item: string;
  object: string;
  enter: number;
  leave: number;
}

/** The index of the last of `times` that is at most `t`, or -1. */
export function lastAt<T>(items: readonly T[], t: number, time: (item: T) => number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && time(item) <= t) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

export class Recording {
  readonly until: number;
  readonly names: string[];
  private readonly states = new Map<string, Interval[]>();
  private readonly contents: Map<string, [number, number][]>;
  /** Moves from one object to the next, by time. */
  readonly moves: { time: number; from: string; to: string }[];

  constructor(json: TraceJson) {
    for (const [object, state, start, end] of json.states) {
      const list = this.states.get(object) ?? [];
      this.states.set(object, list);
      list.push({ state, start, end });
    }
    for (const list of this.states.values()) list.sort((a, b) => a.start - b.start);
    this.contents = new Map(Object.entries(json.content));
    const ends = json.states.map((row) => row[3]);
    this.until = json.end ?? ends.reduce((most, end) => Math.max(most, end), 0);
    this.names = [...new Set([...this.states.keys(), ...this.contents.keys()])];
    this.moves = movesOf(json.items ?? []);
  }

  stateAt(object: string, t: number): number | null {
    const list = this.states.get(object) ?? [];
    const interval = list[lastAt(list, t, (known) => known.start)];
    return interval && t <= interval.end ? interval.state : null;
  }

  /** The states that the object is ever in. */
  statesOf(object: string): number[] {
    return [...new Set((this.states.get(object) ?? []).map((interval) => interval.state))];
  }

  contentAt(object: string, t: number): number | null {
    const list = this.contents.get(object);
    if (!list) return null;
    return list[lastAt(list, t, (point) => point[0])]?.[1] ?? 0;
  }

  movesBetween(from: number, to: number): { time: number; from: string; to: string }[] {
    const first = lastAt(this.moves, from, (move) => move.time) + 1;
    const last = lastAt(this.moves, to, (move) => move.time);
    return this.moves.slice(first, last + 1);
  }

  /** The next or previous instant at which any state changes. */
  nextChange(t: number, direction: 1 | -1): number {
    const edges = [...this.states.values()].map((list) => {
      const at = lastAt(list, t, (interval) => interval.start);
      const here = list[at];
      const back = here && here.start < t ? here.start : (list[at - 1]?.start ?? 0);
      return direction > 0 ? (list[at + 1]?.start ?? Infinity) : back;
    });
    const best = direction > 0 ? Math.min(...edges) : Math.max(...edges.filter((edge) => edge < t), 0);
    return Number.isFinite(best) ? best : this.until;
  }
}

function movesOf(items: NonNullable<TraceJson["items"]>): { time: number; from: string; to: string }[] {
  const byItem = new Map<string | number, { object: string; enter: number }[]>();
  for (const [item, object, enter] of items) {
    const list = byItem.get(item) ?? [];
    byItem.set(item, list);
    list.push({ object, enter });
  }
  const moves: { time: number; from: string; to: string }[] = [];
  for (const stays of byItem.values()) {
    stays.sort((a, b) => a.enter - b.enter);
    stays.slice(1).forEach((stay, i) => moves.push({ time: stay.enter, from: stays[i]?.object ?? "", to: stay.object }));
  }
  return moves.sort((a, b) => a.time - b.time);
}

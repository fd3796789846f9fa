import { describe, expect, it } from "vitest";

import { fittingSpeed, PlayClock } from "../src/run/clock";
import { column, type Figure, filtered, objectNames, stateNames, tableOf } from "../src/run/figures";
import { timeTicks } from "../src/run/ticks";
import { Recording } from "../src/run/trace";
import { inSeconds, settingsError } from "../src/studio/run-form";

const recording = new Recording({
  states: [["Mill", 1, 0, 10], ["Mill", 2, 10, 30], ["Mill", 4, 30, 60], ["Feed", 6, 0, 60]],
  content: { Feed: [[0, 0], [5, 1], [12, 3]] },
  items: [["1", "Mill", 10, 30], ["1", "Feed", 5, 10], ["2", "Feed", 12, null]],
});

describe("recording", () => {
  it("knows the state at any time, borders included", () => {
    expect([0, 9.9, 10, 60].map((t) => recording.stateAt("Mill", t))).toEqual([1, 1, 2, 4]);
    expect(recording.stateAt("Mill", 61)).toBeNull();
    expect(recording.stateAt("nobody", 5)).toBeNull();
    expect(recording.stateAt("Mill", -1)).toBeNull();
  });

  it("knows the content at any time", () => {
    expect([0, 4, 5, 100].map((t) => recording.contentAt("Feed", t))).toEqual([0, 0, 1, 3]);
    expect(recording.contentAt("Mill", 5)).toBeNull();
  });

  it("ends with the last interval", () => {
    expect(recording.until).toBe(60);
  });

  it("steps from change to change both ways", () => {
    expect(recording.nextChange(0, 1)).toBe(10);
    expect(recording.nextChange(10, 1)).toBe(30);
    expect(recording.nextChange(45, 1)).toBe(60);
    expect(recording.nextChange(30, -1)).toBe(10);
    expect(recording.nextChange(0, -1)).toBe(0);
  });

  it("finds who moved where", () => {
    expect(recording.movesBetween(0, 60)).toEqual([{ time: 10, from: "Feed", to: "Mill" }]);
    expect(recording.movesBetween(10, 60)).toEqual([]);
  });
});

describe("clock", () => {
  it("plays at its speed, stops at the end, and starts over from there", () => {
    const clock = new PlayClock(100);
    clock.speed = 60;
    clock.advance(1);
    expect(clock.time).toBe(0);
    clock.toggle();
    clock.advance(1);
    expect(clock.time).toBe(60);
    clock.advance(1);
    expect([clock.time, clock.playing]).toEqual([100, false]);
    clock.toggle();
    expect([clock.time, clock.playing]).toEqual([0, true]);
  });

  it("chooses a speed that lasts about a minute", () => {
    expect([30, 28_800, 1e9].map(fittingSpeed)).toEqual([1, 300, 3600]);
  });
});

const gantt: Figure = {
  data: [
    { type: "bar", orientation: "h", name: "processing", y: ["Mill", "Lathe"], x: [5, 7], base: [0, 3] },
    { type: "bar", orientation: "h", name: "blocked", y: ["Mill"], x: [2], base: [5] },
  ],
  layout: {},
};

describe("figures", () => {
  it("reads columns packed as typed arrays", () => {
    const bdata = btoa(String.fromCharCode(...new Uint8Array(new Float64Array([1.5, 2]).buffer)));
    expect(column({ dtype: "f8", bdata })).toEqual([1.5, 2]);
    expect(column(undefined)).toEqual([]);
  });

  it("filters by object and by state", () => {
    expect(objectNames(gantt)).toEqual(["Mill", "Lathe"]);
    expect(stateNames(gantt)).toEqual(["processing", "blocked"]);
    const shown = filtered(gantt, new Set(["Mill"]), new Set(["blocked"]));
    expect(shown.data).toHaveLength(1);
    expect(shown.data[0]).toMatchObject({ y: ["Lathe"], x: [7], base: [3] });
    expect(gantt.data[0]!.y).toEqual(["Mill", "Lathe"]);
  });

  it("hides lines by their object", () => {
    const lines: Figure = { data: [{ name: "A", x: [0], y: [1] }, { name: "B", x: [0], y: [2] }], layout: {} };
    expect(filtered(lines, new Set(["A"]), new Set()).data.map((trace) => trace.name)).toEqual(["B"]);
  });

  it("tells the same in a table, and how much it left out", () => {
    const labels = { object: "o", state: "s", start: "a", end: "b", time: "t", value: "v" };
    const table = tableOf(gantt, labels, 2);
    expect(table.columns).toEqual(["o", "s", "a", "b"]);
    expect(table.rows).toEqual([["Mill", "processing", 0, 5], ["Lathe", "processing", 3, 10]]);
    expect(table.left).toBe(1);
  });
});

describe("run settings", () => {
  const good = { until: 3600, warmup: 0, replications: 3, seed: 1 };

  it("reads times in their units", () => {
    expect([inSeconds("8", "h"), inSeconds("1.5", "min"), inSeconds("3", "?")]).toEqual([28_800, 90, 3]);
  });

  it("accepts what can run and says what cannot", () => {
    expect(settingsError(good)).toBeNull();
    for (const bad of [{ until: 0 }, { until: NaN }, { warmup: -1 }, { warmup: 3600 }, { replications: 0 }, { replications: 1.5 }, { seed: -1 }]) {
      expect(settingsError({ ...good, ...bad })).toBeTruthy();
    }
  });
});

describe("time axis", () => {
  it("marks eight hours at whole hours and ten minutes at minutes", () => {
    expect(timeTicks(0, 28_800, 9)).toEqual({
      tickvals: [0, 3600, 7200, 10_800, 14_400, 18_000, 21_600, 25_200, 28_800],
      ticktext: ["0", "1:00", "2:00", "3:00", "4:00", "5:00", "6:00", "7:00", "8:00"],
    });
    expect(timeTicks(600, 720, 5)?.ticktext).toEqual(["0:10:00", "0:10:30", "0:11:00", "0:11:30", "0:12:00"]);
  });

  it("marks months in days and leaves fractions of seconds to the chart", () => {
    expect(timeTicks(0, 86_400 * 30, 9)?.ticktext.slice(0, 3)).toEqual(["0", "4 d", "8 d"]);
    expect(timeTicks(5, 6, 9)).toBeNull();
  });
});

import { afterEach, expect, test, vi } from "vitest";

import { lineOf, scenarioCount, suggestion, valuesOf } from "../src/experiment/design";
import { mount } from "../src/islands/experiment-form";
import { isTimed, rowCount, tableOf } from "../src/run/figures";

const LABELS = { object: "Object", state: "State", start: "Start", end: "End", time: "Time", value: "Value" };

afterEach(() => {
  vi.unstubAllGlobals();
  document.body.replaceChildren();
});

test("commas inside brackets and strings belong to the value", () => {
  expect(valuesOf('1, uniform(2, 3) ,"a,b",')).toEqual(["1", "uniform(2, 3)", '"a,b"']);
});

test("a line is written as the server reads it", () => {
  expect(lineOf("Mill", "ProcessTime", "4,6 , 8")).toBe("Mill.ProcessTime = 4, 6, 8");
});

test("scenarios are counted as the server makes them", () => {
  const lines = "Mill.ProcessTime = 4, 6\n\nMill.SetupTime = 1, 2, 3";
  expect(scenarioCount(lines, true, true)).toBe(7);
  expect(scenarioCount(lines, false, false)).toBe(3);
  expect(scenarioCount("", true, true)).toBe(1);
});

test.each([
  ["10", "8, 10, 12"],
  ["2", "1, 2, 3"],
  ["0.5", "0.4, 0.5, 0.6"],
  ["exponential(0, 10)", "exponential(0, 10)"],
  [null, ""],
])("values around %s are suggested", (value, expected) => {
  expect(suggestion(value)).toBe(expected);
});

const BOXES = {
  data: [
    { type: "box", orientation: "h", name: "1", x: [1, 2], y: ["1", "1"] },
    { type: "box", orientation: "h", name: "2", x: [3], y: ["2"] },
  ],
  layout: { xaxis: { tickformat: "~g" }, meta: { columns: ["Scenario", "Output"] } },
};

test("figures of experiments have rows, columns and no time axis", () => {
  expect(rowCount(BOXES)).toBe(2);
  expect(isTimed(BOXES)).toBe(false);
  expect(tableOf(BOXES, LABELS)).toEqual({
    columns: ["Scenario", "Output"],
    rows: [["1", 1], ["1", 2], ["2", 3]],
    left: 0,
  });
});

function form(): HTMLElement {
  document.body.innerHTML = `
    <form data-url="/api/00000000-0000-0000-0000-000000000000/parameters/">
      <select name="version"><option value="v1" selected>Line</option></select>
      <textarea name="parameters">Saw.ProcessTime = 1, 2</textarea>
      <select name="arrangement"><option value="grid" selected>all</option></select>
      <input type="checkbox" name="with_base" checked><input name="replications" value="10">
      <div data-picker hidden></div><p data-size></p>
    </form>`;
  return document.querySelector("form") as HTMLElement;
}

test("what is chosen is added as a line, and the runs are counted", async () => {
  const choices = [
    { object: "Bin", class: "Queue", properties: [{ name: "MaxContent", value: "10" }] },
    { object: "Mill", class: "Processor", properties: [{ name: "ProcessTime", value: "5" }] },
  ];
  const fetched = vi.fn((url: string) => Promise.resolve(new Response(JSON.stringify(choices), { status: url ? 200 : 500 })));
  vi.stubGlobal("fetch", fetched);
  const root = form();

  mount(root);
  await vi.waitFor(() => expect(root.querySelector<HTMLElement>("[data-picker]")?.hidden).toBe(false));
  expect(root.querySelector("[data-size]")?.textContent).toBe("3 scenarios · 30 runs");
  root.querySelector<HTMLButtonElement>("[data-picker] button")?.click();

  expect(fetched.mock.calls[0]?.[0]).toBe("/api/v1/parameters/");
  expect(root.querySelector("textarea")?.value).toBe("Saw.ProcessTime = 1, 2\nMill.ProcessTime = 4, 5, 6");
  expect(root.querySelector("[data-size]")?.textContent).toBe("7 scenarios · 70 runs");
});

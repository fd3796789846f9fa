import { afterEach, describe, expect, it, vi } from "vitest";

import { ApiError, get, post } from "../src/shared/api";
import { diffLines, withContext } from "../src/shared/diff";
import { h } from "../src/shared/dom";
import { clock, duration, initials, when } from "../src/shared/format";
import { resetMessages, t, tn } from "../src/shared/i18n";
import { createStore } from "../src/shared/store";
import { makeTabs } from "../src/shared/tabs";

afterEach(() => {
  document.body.replaceChildren();
  resetMessages();
  vi.unstubAllGlobals();
});

describe("dom", () => {
  it("treats text as text", () => {
    const node = h("p", { class: "x", title: null, hidden: false }, "<b>no</b>");
    expect(node.outerHTML).toBe('<p class="x">&lt;b&gt;no&lt;/b&gt;</p>');
  });
});

describe("i18n", () => {
  it("translates by the page's catalogue and fills placeholders", () => {
    document.body.append(h("script", { id: "messages", type: "application/json" }, '{"Version {n}": "版本 {n}"}'));
    expect(t("Version {n}", { n: 3 })).toBe("版本 3");
    expect(t("Not there {x}", {})).toBe("Not there {x}");
  });

  it("chooses singular and plural", () => {
    expect([1, 2].map((n) => tn("{n} run", "{n} runs", n))).toEqual(["1 run", "2 runs"]);
  });
});

describe("format", () => {
  it("writes simulated time as a clock", () => {
    expect([0, 59.9, 3661, 90_061].map(clock)).toEqual(["0:00:00", "0:00:59", "1:01:01", "day 2, 1:01:01"]);
  });

  it("picks the largest fitting unit", () => {
    expect([30, 90, 5400, 129_600].map(duration)).toEqual(["30 s", "1.5 min", "1.5 h", "1.5 d"]);
  });

  it("takes initials of any script", () => {
    expect(["Mara Linden", "jun", "王小明", ""].map(initials)).toEqual(["ML", "J", "王", "?"]);
  });

  it("is silent about a time that is none", () => {
    expect(when("never")).toBe("");
  });
});

describe("store", () => {
  it("calls only those who watch what changed", () => {
    const store = createStore({ a: 1, b: 1 });
    const a = vi.fn();
    const stop = store.watch(["a"], a);
    store.set({ b: 2 });
    store.set({ a: 1 });
    expect(a).toHaveBeenCalledTimes(1);
    store.set({ a: 2 });
    stop();
    store.set({ a: 3 });
    expect(a.mock.calls.map(([state]) => (state as { a: number }).a)).toEqual([1, 2]);
  });
});

describe("diff", () => {
  it("finds the lines that came, went and stayed", () => {
    const lines = diffLines("a\nb\nc\n", "a\nx\nc\nd");
    expect(lines.map((line) => `${line.kind} ${line.text}`)).toEqual(["same a", "removed b", "added x", "same c", "added d"]);
    expect(lines.map((line) => [line.left, line.right])).toEqual([[1, 1], [2, null], [null, 2], [3, 3], [null, 4]]);
  });

  it("cuts long unchanged stretches", () => {
    const many = Array.from({ length: 20 }, (_, i) => `line ${i}`).join("\n");
    const shown = withContext(diffLines(many, `${many}\nnew`), 2);
    expect(shown[0]).toBeNull();
    expect(shown.slice(1).map((line) => line?.text)).toEqual(["line 18", "line 19", "new"]);
  });
});

describe("api", () => {
  const answer = (status: number, body: unknown) =>
    vi.stubGlobal("fetch", vi.fn(() => Promise.resolve(new Response(JSON.stringify(body), { status }))));

  it("carries the CSRF token on writes only", async () => {
    document.body.append(h("input", { name: "csrfmiddlewaretoken", value: "secret" }));
    answer(200, {});
    await get("/x/");
    await post("/x/", { a: 1 });
    const headers = vi.mocked(fetch).mock.calls.map(([, init]) => init?.headers as Record<string, string>);
    expect(headers.map((one) => one["X-CSRFToken"])).toEqual([undefined, "secret"]);
  });

  it("gives the server's error with its fields", async () => {
    answer(400, { error: { code: "invalid", message: "Wrong", hint: "Try", fields: { file: ["No"] } } });
    const error = await get("/x/").catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 400, code: "invalid", hint: "Try", fields: { file: ["No"] } });
  });

  it("finds words for an answer that has none, and for no answer", async () => {
    vi.stubGlobal("fetch", vi.fn().mockResolvedValueOnce(new Response("<html>", { status: 413 })).mockRejectedValueOnce(new TypeError()));
    await expect(get("/x/")).rejects.toMatchObject({ status: 413, message: "That is larger than the server accepts." });
    await expect(get("/x/")).rejects.toMatchObject({ status: 0, code: "offline" });
  });
});

describe("tabs", () => {
  it("moves with the arrow keys and shows the panel", () => {
    const tab = (id: string) => h("button", { role: "tab", id, "aria-controls": `p-${id}` }, id);
    const list = h("div", { role: "tablist" }, tab("a"), tab("b"));
    document.body.append(list, h("div", { id: "p-a" }), h("div", { id: "p-b" }));
    makeTabs(document);
    const [a, b] = [...list.children] as HTMLElement[];
    a!.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowLeft", bubbles: true }));
    expect(b!.getAttribute("aria-selected")).toBe("true");
    expect([a!.tabIndex, b!.tabIndex]).toEqual([-1, 0]);
    expect([document.getElementById("p-a")!.hidden, document.getElementById("p-b")!.hidden]).toEqual([true, false]);
  });
});

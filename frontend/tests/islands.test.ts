import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { Message, Role, Version } from "../src/shared/types";
import type { StudioData } from "../src/studio/state";

const send = vi.fn();
const call = vi.hoisted((): { reply: Record<string, unknown> } => ({ reply: {} }));

vi.mock("../src/shared/socket", () => ({
  pageSocket: () => ({
    status: "online",
    send: (command: string, payload: unknown) => {
      send(command, payload);
      return Promise.resolve(call.reply[command] ?? {});
    },
  }),
}));

function version(number: number, change: Partial<Version> = {}): Version {
  return { id: `v${number}`, draft: "d", number, source: `// script ${number}`, origin: "generated", parent: number > 1 ? `v${number - 1}` : null, prompt: `prompt ${number}`, author: { id: "u1", name: "Mara" }, model_name: "small", assumptions: [], diagnostics: [], created_at: `2026-01-0${number}T00:00:00Z`, ...change };
}

function message(id: string, change: Partial<Message>): Message {
  return { id, conversation: "c", author: { id: "u1", name: "Mara" }, kind: "prompt", text: "", created_at: `2026-01-01T00:00:0${id}Z`, job: null, version: null, sketch: null, ...change };
}

function page(role: Role, change: Partial<StudioData> = {}): void {
  const data: StudioData = {
    project: { id: "p", name: "P" }, draft: { id: "d", title: "D" }, conversation: { id: "c" }, role,
    user: { id: "u1", name: "Mara" }, messages: [], versions: [version(1), version(2)], current: version(2),
    sketch: null, sketches: [], runs: [], jobs: [], topic: "project:p", seq: 0, urls: {},
    limits: { prompt_chars: 50 }, examples: ["A line with one mill"], ...change,
  };
  const script = document.createElement("script");
  script.id = "studio-data";
  script.type = "application/json";
  script.textContent = JSON.stringify(data);
  document.body.append(script);
}

async function island(name: string): Promise<HTMLElement> {
  const root = document.createElement("div");
  document.body.append(root);
  const module = (await import(`../src/islands/${name}.ts`)) as { mount: (root: HTMLElement) => void };
  module.mount(root);
  return root;
}

const flush = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const labels = (root: ParentNode): string[] => [...root.querySelectorAll("button")].map((button) => button.getAttribute("aria-label") ?? button.textContent.trim());

beforeEach(() => {
  vi.resetModules();
  send.mockClear();
  call.reply = {};
});

afterEach(() => {
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

describe("writing", () => {
  function press(box: HTMLElement, init: KeyboardEventInit): void {
    box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, ...init }));
  }

  async function typed(text: string, role: Role = "editor"): Promise<{ root: HTMLElement; box: HTMLTextAreaElement }> {
    page(role);
    const root = await island("chat");
    const box = root.querySelector("textarea")!;
    box.value = text;
    box.dispatchEvent(new Event("input"));
    return { root, box };
  }

  const sent = (): unknown[] => send.mock.calls.filter(([command]) => command === "chat.send");

  it("sends a prompt with Enter, on the version that is shown", async () => {
    const { box } = await typed("  add a mill ");
    press(box, {});
    await flush();
    expect(sent()).toEqual([["chat.send", { conversation: "c", text: "add a mill", kind: "prompt", sketch: null, base_version: "v2" }]]);
    expect(box.value).toBe("");
  });

  it("makes a new line with Shift and leaves an input method its Enter", async () => {
    const { box } = await typed("add");
    press(box, { shiftKey: true });
    press(box, { isComposing: true });
    await flush();
    expect(sent()).toEqual([]);
  });

  it("does not send what is empty or too long, and says how much is left", async () => {
    const { root, box } = await typed("x".repeat(51));
    press(box, {});
    expect(sent()).toEqual([]);
    expect(root.textContent).toContain("-1 characters left");
  });

  it("lets commenters write notes only", async () => {
    const { box } = await typed("Looks slow", "commenter");
    press(box, {});
    await flush();
    expect(sent()).toEqual([["chat.send", { conversation: "c", text: "Looks slow", kind: "note" }]]);
  });

  it("gives viewers nothing to write in", async () => {
    page("viewer");
    const root = await island("chat");
    expect(root.querySelector("textarea")).toBeNull();
    expect(root.textContent).toContain("You may read this conversation");
  });

  it("offers the examples in an empty conversation", async () => {
    page("owner");
    const root = await island("chat");
    [...root.querySelectorAll<HTMLElement>(".example")][0]!.click();
    expect(root.querySelector("textarea")!.value).toBe("A line with one mill");
  });
});

describe("conversation", () => {
  const assumptions = [{ kind: "class", text: "read as a Sink", object: "Shipping", confidence: 0.6 }];
  const said = [
    message("1", { text: "<b>first</b>", job: "j" }),
    message("2", { kind: "answer", author: null, version: "v1" }),
    message("3", { kind: "error", author: null, text: "No", job: "j" }),
  ];

  it("shows messages as text, answers with what was assumed", async () => {
    page("editor", { messages: said, versions: [version(1, { assumptions }), version(2)] });
    const root = await island("chat");
    expect(root.querySelector("b")).toBeNull();
    const answer = root.querySelector("[data-message='2']")!;
    expect(answer.textContent).toContain("Version 1");
    expect(answer.textContent).toContain("Shipping: read as a Sink");
    expect(answer.textContent).toContain("60% sure");
    expect(answer.querySelector("details")!.open).toBe(true);
  });

  it("turns back to an older version with one click", async () => {
    page("editor", { messages: said });
    const root = await island("chat");
    const buttons = [...root.querySelectorAll("button")];
    buttons.find((button) => button.textContent.includes("Use this version"))!.click();
    await flush();
    expect(send).toHaveBeenCalledWith("generation.restore", { version: "v1" });
  });

  it("tries a failed prompt again with its own words", async () => {
    page("editor", { messages: said });
    const root = await island("chat");
    [...root.querySelectorAll("button")].find((button) => button.textContent.includes("Try again"))!.click();
    await flush();
    expect(send).toHaveBeenCalledWith("chat.send", expect.objectContaining({ text: "<b>first</b>", kind: "prompt" }));
  });

  it("streams the script of a job that is going on, and can cancel it", async () => {
    const job = { id: "j9", draft: "d", status: "running" as const, progress: 0.3, stage: "", error: null, version: null, partial: "Object a" };
    page("editor", { jobs: [job] });
    const root = await island("chat");
    expect(root.querySelector("[aria-label='Script being written']")!.textContent).toBe("Object a");
    [...root.querySelectorAll("button")].find((button) => button.textContent.includes("Cancel"))!.click();
    expect(send).toHaveBeenCalledWith("generation.cancel", { job: "j9" });
  });
});

describe("versions", () => {
  it("lists the newest first and restores only older ones", async () => {
    page("editor");
    const root = await island("versions");
    expect([...root.querySelectorAll("li strong")].map((node) => node.textContent)).toEqual(["Version 2", "Version 1"]);
    expect(labels(root)).toEqual(["Show version 2", "Compare version 2", "Show version 1", "Compare version 1", "Restore version 1"]);
  });

  it("lets viewers look and compare", async () => {
    page("viewer");
    expect(labels(await island("versions"))).not.toContain("Restore version 1");
  });
});

describe("runs", () => {
  const run = { id: "r", version: "v2", number: 2, status: "failed" as const, progress: 0, stage: "", error: { code: "x", message: "No exit", hint: "Connect it" }, seed: 7, until: 3600, warmup: 60, replications: 3, url: "/r/", created_at: "2026-01-01T00:00:00Z", author: null };

  it("starts a run of the shown version in seconds", async () => {
    page("editor");
    const root = await island("runs");
    const form = root.querySelector("form")!;
    form.querySelector<HTMLInputElement>("#horizon")!.value = "2";
    form.querySelector<HTMLInputElement>("#replications")!.value = "4";
    form.dispatchEvent(new Event("submit", { cancelable: true }));
    await flush();
    expect(send).toHaveBeenCalledWith("runs.start", { version: "v2", until: 7200, warmup: 0, replications: 4, seed: 1 });
  });

  it("says what is wrong instead of sending it", async () => {
    page("editor");
    const root = await island("runs");
    root.querySelector<HTMLInputElement>("#horizon")!.value = "0";
    root.querySelector("form")!.dispatchEvent(new Event("submit", { cancelable: true }));
    expect(root.querySelector("[role=alert]")!.textContent).toContain("horizon");
    expect(send).not.toHaveBeenCalled();
  });

  it("shows settings, failure and hint of a run", async () => {
    page("viewer", { runs: [run] });
    const root = await island("runs");
    expect(root.querySelector("form")).toBeNull();
    expect(root.textContent).toContain("1 h · 3 replications · seed 7 · warm-up 1 min");
    expect(root.textContent).toContain("No exit Connect it");
  });
});

describe("script", () => {
  it("checks what is shown and lists the problems", async () => {
    const found = { severity: "error", message: "No such command", hint: "Use contextdragconnection", span: { line: 1, column: 1, end_line: 1, end_column: 3 }, code: "E" };
    call.reply["generation.check"] = { diagnostics: [found], layout: null };
    page("editor");
    const root = await island("code");
    await flush();
    await flush();
    expect(send).toHaveBeenCalledWith("generation.check", { draft: "d", source: "// script 2" });
    expect(root.querySelector(".problems")!.textContent).toContain("1:1Error: No such command Hint: Use contextdragconnection");
    expect(root.querySelector(".code-status")!.textContent).toBe("1 error");
  });
});

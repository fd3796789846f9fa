import { describe, expect, it } from "vitest";

import type { SocketEvent } from "../src/shared/socket";
import type { Job, Message, Run, Version } from "../src/shared/types";
import { placeText, reduce } from "../src/studio/events";
import type { StudioState } from "../src/studio/state";

const context = { draft: "d", conversation: "c", user: 1 };

function version(number: number): Version {
  return { id: `v${number}`, draft: "d", number, source: `// ${number}`, origin: "generated", parent: null, prompt: "", author: null, model_name: "", assumptions: [], diagnostics: [], created_at: "" };
}

function job(change: Partial<Job> = {}): Job {
  return { id: "j", draft: "d", status: "running", progress: 0, stage: "", error: null, version: null, ...change };
}

function message(change: Partial<Message> = {}): Message {
  return { id: "m", conversation: "c", author: null, kind: "note", text: "hello", created_at: "", job: null, version: null, sketch: null, ...change };
}

function state(change: Partial<StudioState> = {}): StudioState {
  return { messages: [], versions: [], shown: null, runs: [], jobs: {}, sketches: [], sketch: null, present: [], typing: {}, diagnostics: [], layout: null, dirty: false, ...change };
}

function event(name: string, payload: object): SocketEvent {
  return { event: name, topic: "project:p", seq: 1, at: "", payload };
}

/** State after all events, in order. */
function after(start: StudioState, ...events: SocketEvent[]): StudioState {
  return events.reduce((now, next) => ({ ...now, ...reduce(now, next, context, 1000) }), start);
}

describe("messages", () => {
  it("adds a message once, however often it comes", () => {
    const said = event("chat.message", { message: message() });
    expect(after(state(), said, said).messages).toHaveLength(1);
  });

  it("ignores other conversations of the project", () => {
    expect(after(state(), event("chat.message", { message: message({ conversation: "other" }) })).messages).toEqual([]);
  });
});

describe("typing", () => {
  const typing = (user: number, on: boolean): SocketEvent =>
    event("chat.typing", { conversation: "c", user, name: "Jun", typing: on });

  it("shows others and not oneself", () => {
    expect(Object.keys(after(state(), typing(2, true), typing(1, true)).typing)).toEqual(["2"]);
  });

  it("ends when they stop", () => {
    expect(after(state(), typing(2, true), typing(2, false)).typing).toEqual({});
  });
});

describe("generation", () => {
  const started = event("generation.started", { job: job() });
  const piece = (offset: number, text: string): SocketEvent => event("generation.text", { job: "j", offset, text });

  it("collects the text by offset, so that a replay changes nothing", () => {
    const now = after(state(), started, piece(0, "Object "), piece(7, "a;"), piece(0, "Object "), piece(7, "a;"));
    expect(now.jobs["j"]?.text).toBe("Object a;");
  });

  it("leaves a piece out whose predecessor is missing", () => {
    expect(placeText("abc", 5, "x")).toBe("abc");
    expect(placeText("abc", 2, "CDE")).toBe("abCDE");
    expect(placeText("abcdef", 2, "cd")).toBe("abcdef");
  });

  it("puts the new version into the editor when it is finished", () => {
    const now = after(state({ versions: [version(1)], shown: version(1) }), started, event("generation.finished", { job: job({ status: "succeeded" }), version: version(2) }));
    expect(now.shown?.number).toBe(2);
    expect(now.versions.map((one) => one.number)).toEqual([1, 2]);
    expect(now.jobs).toEqual({});
  });

  it("never takes unsaved work out of the editor", () => {
    const now = after(state({ shown: version(1), dirty: true }), event("version.created", { version: version(2) }));
    expect(now.shown?.number).toBe(1);
    expect(now.versions).toHaveLength(1);
  });

  it("keeps a failed job to tell why, and drops a cancelled one", () => {
    const error = { code: "x", message: "No room" };
    expect(after(state(), started, event("generation.failed", { job: job({ status: "failed", error }) })).jobs["j"]?.job.error?.message).toBe("No room");
    expect(after(state(), started, event("generation.failed", { job: job({ status: "cancelled" }) })).jobs).toEqual({});
  });

  it("ignores jobs of other drafts", () => {
    expect(after(state(), event("generation.started", { job: job({ draft: "other" }) })).jobs).toEqual({});
  });
});

describe("runs", () => {
  const run = (change: Partial<Run>): SocketEvent => event("run.progress", { run: { id: "r", version: "v1", progress: 0, ...change } });

  it("updates a run in its place", () => {
    const now = after(state({ versions: [version(1)] }), run({ progress: 0.2 }), run({ progress: 0.7 }));
    expect(now.runs).toHaveLength(1);
    expect(now.runs[0]?.progress).toBe(0.7);
  });

  it("stays finished when progress comes late", () => {
    const start = state({ versions: [version(1)] });
    const now = after(start, run({ status: "succeeded", progress: 1 }), run({ status: "running", progress: 0.9 }));
    expect(now.runs[0]?.status).toBe("succeeded");
  });

  it("ignores runs of versions that are not ours", () => {
    expect(after(state({ versions: [version(1)] }), run({ version: "v9" })).runs).toEqual([]);
  });
});

it("leaves the state alone for events it does not know", () => {
  const start = state();
  expect(after(start, event("member.changed", {}))).toEqual(start);
});

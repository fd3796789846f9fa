import { beforeEach, describe, expect, it, vi } from "vitest";

import { backoff, CommandError, Socket, type SocketEvent } from "../src/shared/socket";

class FakeLine extends EventTarget {
  sent: { id: string; command: string; payload: Record<string, unknown> }[] = [];
  closed = false;

  send(text: string): void {
    this.sent.push(JSON.parse(text) as (typeof this.sent)[number]);
  }

  close(code = 1006): void {
    this.closed = true;
    this.dispatchEvent(Object.assign(new Event("close"), { code }));
  }

  open(): void {
    this.dispatchEvent(new Event("open"));
  }

  give(frame: object): void {
    this.dispatchEvent(new MessageEvent("message", { data: JSON.stringify(frame) }));
  }

  reply(index: number, data: object = {}): void {
    this.give({ reply_to: this.sent[index]!.id, ok: true, data });
  }
}

let lines: FakeLine[];
let socket: Socket;

function event(seq: number | null, name = "chat.message"): object {
  return { event: name, topic: "project:1", seq, at: "", payload: { n: seq } };
}

async function settle(): Promise<void> {
  for (let i = 0; i < 5; i++) await Promise.resolve();
}

beforeEach(() => {
  vi.useFakeTimers();
  lines = [];
  const open = (): WebSocket => {
    const line = new FakeLine();
    lines.push(line);
    return line as unknown as WebSocket;
  };
  socket = new Socket({ url: "ws://test/ws/", open, random: () => 1 }).connect();
});

describe("commands", () => {
  it("resolves with the data of the reply that names its id", async () => {
    lines[0]!.open();
    const first = socket.send("a.b", { x: 1 });
    const second = socket.send("a.b", { x: 2 });
    lines[0]!.reply(1, { from: "second" });
    lines[0]!.reply(0, { from: "first" });
    await expect(first).resolves.toEqual({ from: "first" });
    await expect(second).resolves.toEqual({ from: "second" });
  });

  it("rejects with the server's reason and hint", async () => {
    lines[0]!.open();
    const answer = socket.send("chat.send");
    lines[0]!.give({ reply_to: "1", ok: false, error: { code: "forbidden", message: "No", hint: "Ask" } });
    await expect(answer).rejects.toMatchObject({ code: "forbidden", message: "No", hint: "Ask" });
  });

  it("rejects when nothing comes in time", async () => {
    lines[0]!.open();
    const answer = expect(socket.send("chat.send")).rejects.toMatchObject({ code: "timeout" });
    vi.advanceTimersByTime(20_000);
    await answer;
  });

  it("rejects what is waiting when the line breaks, and at once while it is down", async () => {
    lines[0]!.open();
    const waiting = expect(socket.send("chat.send")).rejects.toBeInstanceOf(CommandError);
    lines[0]!.close();
    await waiting;
    await expect(socket.send("chat.send")).rejects.toMatchObject({ code: "offline" });
  });
});

describe("events", () => {
  let seen: (number | null)[];

  beforeEach(() => {
    seen = [];
    socket.on("chat.message", (found: SocketEvent) => seen.push(found.seq));
    socket.subscribe("project:1", 10);
    lines[0]!.open();
  });

  it("subscribes from the last number that the page knows", () => {
    expect(lines[0]!.sent[0]).toMatchObject({ command: "realtime.subscribe", payload: { topic: "project:1", since: 10 } });
  });

  it("passes each stored event on once and lets ephemeral ones through", () => {
    for (const seq of [11, 12, 12, 11, null, 13]) lines[0]!.give(event(seq));
    expect(seen).toEqual([11, 12, null, 13]);
  });

  it("asks again after a gap and then takes the replay in order", async () => {
    lines[0]!.reply(0, { seq: 10 });
    await settle();
    lines[0]!.give(event(11));
    lines[0]!.give(event(14));
    expect(seen).toEqual([11]);
    expect(lines[0]!.sent[1]).toMatchObject({ command: "realtime.subscribe", payload: { since: 11 } });
    for (const seq of [12, 13, 14]) lines[0]!.give(event(seq));
    expect(seen).toEqual([11, 12, 13, 14]);
  });

  it("asks once, however many events follow the gap", async () => {
    lines[0]!.reply(0, { seq: 10 });
    await settle();
    for (const seq of [13, 14, 15]) lines[0]!.give(event(seq));
    expect(lines[0]!.sent).toHaveLength(2);
  });

  it("comes back after a break and goes on from the last event", () => {
    lines[0]!.give(event(11));
    lines[0]!.close();
    expect(socket.status).toBe("offline");
    vi.advanceTimersByTime(500);
    lines[1]!.open();
    expect(socket.status).toBe("online");
    expect(lines[1]!.sent[0]).toMatchObject({ payload: { since: 11 } });
  });

  it("says when the log was pruned, and goes on from the newest event", async () => {
    const reset = vi.fn();
    socket.subscribe("project:2", 3, { onReset: reset });
    lines[0]!.reply(1, { reset: true, seq: 900 });
    await settle();
    expect(reset).toHaveBeenCalledOnce();
    const heard = vi.fn();
    socket.on("run.created", heard);
    lines[0]!.give({ event: "run.created", topic: "project:2", seq: 901, at: "", payload: {} });
    expect(heard).toHaveBeenCalledOnce();
  });
});

describe("reconnecting", () => {
  it("waits longer each time, up to a limit, and never less than half of that", () => {
    expect([0, 1, 2, 3].map((n) => backoff(n, () => 1))).toEqual([500, 1000, 2000, 4000]);
    expect(backoff(30, () => 1)).toBe(20_000);
    expect(backoff(30, () => 0)).toBe(10_000);
  });

  it("tries until it works and starts anew with short waits", () => {
    lines[0]!.close();
    vi.advanceTimersByTime(500);
    lines[1]!.close();
    vi.advanceTimersByTime(999);
    expect(lines).toHaveLength(2);
    vi.advanceTimersByTime(1);
    expect(lines).toHaveLength(3);
    lines[2]!.open();
    lines[2]!.close();
    vi.advanceTimersByTime(500);
    expect(lines).toHaveLength(4);
  });

  it("stays down after close()", () => {
    socket.close();
    vi.advanceTimersByTime(60_000);
    expect(lines).toHaveLength(1);
  });

  it("does not come back once signed out", () => {
    lines[0]!.open();
    lines[0]!.close(4401);
    expect(socket.status).toBe("signed-out");
    vi.advanceTimersByTime(60_000);
    expect(lines).toHaveLength(1);
  });

  it("follows a topic no more that it was dropped from", () => {
    const dropped = vi.fn();
    socket.onDropped(dropped);
    socket.subscribe("project:1", 0);
    lines[0]!.open();
    lines[0]!.give(event(null, "realtime.dropped"));
    lines[0]!.give(event(null, "realtime.dropped"));
    expect(dropped.mock.calls).toEqual([["project:1"]]);
    lines[0]!.close();
    vi.advanceTimersByTime(500);
    lines[1]!.open();
    expect(lines[1]!.sent).toEqual([]);
  });

  it("gives up on a line that does not answer a ping", async () => {
    lines[0]!.open();
    vi.advanceTimersByTime(25_000);
    expect(lines[0]!.sent.at(-1)).toMatchObject({ command: "realtime.ping" });
    vi.advanceTimersByTime(20_000);
    await settle();
    expect(lines[0]!.closed).toBe(true);
  });
});

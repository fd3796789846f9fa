// One WebSocket per page. Commands carry an id that the reply names; stored events carry a
// number per topic, from which the page asks on after a break, so none is lost or doubled.

import { t } from "./i18n";
import type { ErrorBody } from "./types";

export interface SocketEvent<P = unknown> {
  event: string;
  topic: string;
  seq: number | null;
  at: string;
  payload: P;
}

interface Reply {
  reply_to: string;
  ok: boolean;
  data?: unknown;
  error?: ErrorBody;
}

export interface SubscribeReply {
  seq?: number;
  present?: { id: string | number; name: string }[];
  reset?: boolean;
}

export class CommandError extends Error {
  readonly code: string;
  readonly hint: string | null;

  constructor(body: ErrorBody) {
    super(body.message);
    this.name = "CommandError";
    this.code = body.code;
    this.hint = body.hint ?? null;
  }
}

interface Waiting {
  resolve: (data: unknown) => void;
  reject: (error: CommandError) => void;
  timer: ReturnType<typeof setTimeout>;
}

interface Topic {
  seq: number;
  onReset: (() => void) | undefined;
  onSubscribed: ((reply: SubscribeReply) => void) | undefined;
  resuming: boolean;
}

export type Status = "connecting" | "online" | "offline" | "signed-out";
type EventListener = (event: SocketEvent) => void;

export interface SocketOptions {
  url?: string;
  open?: (url: string) => WebSocket;
  random?: () => number;
  replyTimeout?: number;
}

const FIRST_WAIT = 500;
const LONGEST_WAIT = 20_000;
const PING_EVERY = 25_000;
const SIGNED_OUT = 4401;

/** Wait before attempt n (from 0): doubling, capped, with half of it random. */
export function backoff(attempt: number, random: () => number = Math.random): number {
  const full = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** attempt);
  return full / 2 + (full / 2) * random();
}

export function socketUrl(place: Location = location): string {
  return `${place.protocol === "https:" ? "wss:" : "ws:"}//${place.host}/ws/`;
}

export class Socket {
  status: Status = "connecting";
  private socket: WebSocket | null = null;
  private attempt = 0;
  private lastId = 0;
  private closed = false;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private ping: ReturnType<typeof setInterval> | undefined;
  private readonly waiting = new Map<string, Waiting>();
  private readonly topics = new Map<string, Topic>();
  private readonly listeners = new Map<string, Set<EventListener>>();
  private readonly statusListeners = new Set<(status: Status) => void>();
  private readonly droppedListeners = new Set<(topic: string) => void>();
  private readonly options: Required<SocketOptions>;

  constructor(options: SocketOptions = {}) {
    this.options = {
      url: options.url ?? socketUrl(),
      open: options.open ?? ((url) => new WebSocket(url)),
      random: options.random ?? Math.random,
      replyTimeout: options.replyTimeout ?? 20_000,
    };
  }

  connect(): this {
    this.closed = false;
    clearTimeout(this.retry);
    const socket = this.options.open(this.options.url);
    this.socket = socket;
    socket.addEventListener("open", () => this.opened());
    socket.addEventListener("message", (event) => this.receive(String(event.data)));
    socket.addEventListener("close", (event) => this.lost(socket, event.code));
    return this;
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.retry);
    this.socket?.close();
  }

  /** Try again now, for example when the browser says that the network is back. */
  wake(): void {
    if (this.status !== "online" && !this.closed && this.socket === null) this.connect();
  }

  onStatus(listener: (status: Status) => void): () => void {
    this.statusListeners.add(listener);
    listener(this.status);
    return () => void this.statusListeners.delete(listener);
  }

  /** Called with a topic that this person may not follow any more. */
  onDropped(listener: (topic: string) => void): void {
    this.droppedListeners.add(listener);
  }

  on<P>(event: string, listener: (event: SocketEvent<P>) => void): () => void {
    const set = this.listeners.get(event) ?? new Set();
    this.listeners.set(event, set.add(listener as EventListener));
    return () => void set.delete(listener as EventListener);
  }

  /** Follow a topic after event `since`; `onReset` when the log no longer reaches back so far. */
  subscribe(
    topic: string,
    since: number,
    hooks: { onReset?: () => void; onSubscribed?: (reply: SubscribeReply) => void } = {},
  ): void {
    const { onReset, onSubscribed } = hooks;
    this.topics.set(topic, { seq: since, onReset, onSubscribed, resuming: false });
    if (this.status === "online") this.resume(topic);
  }

  /** Send a command; rejects with CommandError when refused, unanswered or not connected. */
  send<T = unknown>(command: string, payload: object = {}): Promise<T> {
    const socket = this.socket;
    if (socket && this.status === "connecting") {
      return this.settled().then(() => this.send<T>(command, payload));
    }
    if (!socket || this.status !== "online") return Promise.reject(offline());
    const id = String(++this.lastId);
    return new Promise<T>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting.delete(id);
        const message = t("The server did not answer in time.");
        reject(new CommandError({ code: "timeout", message }));
      }, this.options.replyTimeout);
      this.waiting.set(id, { resolve: resolve as (data: unknown) => void, reject, timer });
      socket.send(JSON.stringify({ id, command, payload }));
    });
  }

  /** Resolves when the first attempt to connect has succeeded or failed. */
  private settled(): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.onStatus((status) => {
        if (status === "connecting") return;
        stop();
        resolve();
      });
    });
  }

  private opened(): void {
    this.attempt = 0;
    this.setStatus("online");
    clearInterval(this.ping);
    this.ping = setInterval(() => this.beat(), PING_EVERY);
    for (const topic of this.topics.keys()) this.resume(topic);
  }

  private beat(): void {
    const socket = this.socket;
    this.send("realtime.ping").catch((error: unknown) => {
      // No answer: the line is dead though the browser has not noticed yet.
      if (error instanceof CommandError && error.code === "timeout") socket?.close();
    });
  }

  private lost(socket: WebSocket, code: number): void {
    if (this.socket !== socket) return;
    this.socket = null;
    clearInterval(this.ping);
    for (const waiting of this.waiting.values()) {
      clearTimeout(waiting.timer);
      waiting.reject(offline());
    }
    this.waiting.clear();
    for (const topic of this.topics.values()) topic.resuming = false;
    // Trying again would only be refused: the session has ended.
    this.closed ||= code === SIGNED_OUT;
    this.setStatus(code === SIGNED_OUT ? "signed-out" : "offline");
    if (this.closed) return;
    this.retry = setTimeout(() => this.connect(), backoff(this.attempt++, this.options.random));
  }

  private resume(name: string): void {
    const topic = this.topics.get(name);
    if (!topic || topic.resuming) return;
    topic.resuming = true;
    this.send<SubscribeReply>("realtime.subscribe", { topic: name, since: topic.seq })
      .then((reply) => {
        if (reply.reset) {
          topic.seq = reply.seq ?? topic.seq;
          topic.onReset?.();
        }
        topic.onSubscribed?.(reply);
      })
      .catch((error: unknown) => {
        if (!(error instanceof CommandError)) return;
        if (error.code === "timeout") this.socket?.close();
        if (error.code === "not_found") this.drop(name);
      })
      .finally(() => (topic.resuming = false));
  }

  private receive(text: string): void {
    const frame = JSON.parse(text) as SocketEvent | Reply;
    if ("reply_to" in frame) this.settle(frame);
    else this.take(frame);
  }

  private settle(reply: Reply): void {
    const waiting = this.waiting.get(reply.reply_to);
    if (!waiting) return;
    this.waiting.delete(reply.reply_to);
    clearTimeout(waiting.timer);
    if (reply.ok) waiting.resolve(reply.data);
    else waiting.reject(new CommandError(reply.error ?? { code: "unknown", message: t("The server refused this.") }));
  }

  /** The right to follow a topic has gone: say so once, and ask no more. */
  private drop(topic: string): void {
    if (!this.topics.delete(topic)) return;
    for (const listener of this.droppedListeners) listener(topic);
  }

  private take(event: SocketEvent): void {
    if (event.event === "realtime.dropped") {
      this.drop(event.topic);
      return;
    }
    const topic = this.topics.get(event.topic);
    if (topic && event.seq !== null) {
      if (event.seq <= topic.seq) return;
      // Something between was missed: ask for all after the last one known, in order.
      if (event.seq > topic.seq + 1) {
        this.resume(event.topic);
        return;
      }
      topic.seq = event.seq;
    }
    for (const name of [event.event, "*"]) {
      for (const listener of this.listeners.get(name) ?? []) listener(event);
    }
  }

  private setStatus(status: Status): void {
    if (status === this.status) return;
    this.status = status;
    for (const listener of this.statusListeners) listener(status);
  }
}

function offline(): CommandError {
  return new CommandError({ code: "offline", message: t("There is no connection just now.") });
}

let shared: Socket | null = null;

/** The page's socket, opened at the first call. */
export function pageSocket(): Socket {
  if (!shared) {
    shared = new Socket().connect();
    window.addEventListener("online", () => shared?.wake());
  }
  return shared;
}

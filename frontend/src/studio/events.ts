// Events of the project topic → changes of the studio's state. Pure, so that replays are safe:
// applying the same event twice changes nothing.

import type { SocketEvent } from "../shared/socket";
import type { Job, Message, Person, Run, Sketch, Version } from "../shared/types";
import { type LiveJob, type StudioState, upsert } from "./state";

type Change = Partial<StudioState>;
type Context = { draft: string; conversation: string; user: string | number };

function withJob(state: StudioState, job: Job, text?: string): Record<string, LiveJob> {
  const known = state.jobs[job.id];
  const merged = known ? { ...known.job, ...job } : job;
  return { ...state.jobs, [job.id]: { job: merged, text: text ?? known?.text ?? job.partial ?? "" } };
}

function withoutJob(state: StudioState, id: string): Record<string, LiveJob> {
  return Object.fromEntries(Object.entries(state.jobs).filter(([key]) => key !== id));
}

/** Put streamed text at its offset; a piece from beyond the known text is kept out. */
export function placeText(known: string, offset: number, text: string): string {
  if (offset > known.length) return known;
  if (offset + text.length <= known.length) return known;
  return known.slice(0, offset) + text;
}

function text(state: StudioState, payload: { job: string | Job; offset: number; text: string }): Change {
  const id = typeof payload.job === "string" ? payload.job : payload.job.id;
  const live = state.jobs[id];
  if (!live) return {};
  const placed = placeText(live.text, payload.offset, payload.text);
  const job: Job = { ...live.job, status: "running" };
  return { jobs: { ...state.jobs, [id]: { job, text: placed } } };
}

function version(state: StudioState, made: Version): Change {
  const change: Change = { versions: upsert(state.versions, made) };
  // The newest version takes the editor, unless someone here is in the middle of an edit.
  const newer = !state.shown || made.number > state.shown.number;
  if (newer && !state.dirty) {
    change.shown = made;
    change.diagnostics = made.diagnostics;
  }
  return change;
}

function typing(state: StudioState, payload: { user: string | number; name: string; typing: boolean }, now: number): Change {
  const others = Object.fromEntries(
    Object.entries(state.typing).filter(([id, entry]) => id !== String(payload.user) && entry.until > now),
  );
  if (payload.typing) others[String(payload.user)] = { name: payload.name, until: now + 6000 };
  return { typing: others };
}

function jobOver(state: StudioState, job: Job): Change {
  return { jobs: job.status === "failed" ? withJob(state, job) : withoutJob(state, job.id) };
}

type Payload = Record<string, unknown>;
type Handler = (state: StudioState, payload: Payload, context: Context, now: number) => Change;

function onMessage(state: StudioState, payload: Payload, context: Context): Change {
  const message = payload["message"] as Message;
  return message.conversation === context.conversation ? { messages: upsert(state.messages, message) } : {};
}

function onTyping(state: StudioState, payload: Payload, context: Context, now: number): Change {
  const elsewhere = payload["conversation"] !== context.conversation;
  if (elsewhere || String(payload["user"]) === String(context.user)) return {};
  return typing(state, payload as never, now);
}

function onStarted(state: StudioState, payload: Payload, context: Context): Change {
  const job = payload["job"] as Job;
  return job.draft === context.draft ? { jobs: withJob(state, job) } : {};
}

function onFailed(state: StudioState, payload: Payload, context: Context): Change {
  const job = payload["job"] as Job;
  return job.draft === context.draft ? jobOver(state, job) : {};
}

function onFinished(state: StudioState, payload: Payload, context: Context): Change {
  const job = payload["job"] as Job;
  if (job.draft !== context.draft) return {};
  const made = payload["version"] as Version | null | undefined;
  return { jobs: withoutJob(state, job.id), ...(made ? version(state, made) : {}) };
}

function onVersion(state: StudioState, payload: Payload, context: Context): Change {
  const made = payload["version"] as Version;
  return made.draft === context.draft ? version(state, made) : {};
}

function isOver(run: Run): boolean {
  return run.status !== "queued" && run.status !== "running";
}

function onRun(state: StudioState, payload: Payload): Change {
  const run = payload["run"] as Run;
  const ours = state.versions.some((known) => known.id === run.version);
  const known = state.runs.find((other) => other.id === run.id);
  // Progress is sent apart from the stored events and may come behind the end.
  const late = known !== undefined && isOver(known) && !isOver(run);
  return ours && !late ? { runs: upsert(state.runs, run) } : {};
}

const HANDLERS: Readonly<Record<string, Handler>> = {
  "chat.message": onMessage,
  "chat.typing": onTyping,
  "presence.changed": (_state, payload) => ({ present: payload["present"] as Person[] }),
  "generation.started": onStarted,
  "generation.progress": onStarted,
  "generation.text": (state, payload) => text(state, payload as never),
  "generation.finished": onFinished,
  "generation.failed": onFailed,
  "version.created": onVersion,
  "run.created": onRun,
  "run.progress": onRun,
  "run.finished": onRun,
  "run.failed": onRun,
  "sketch.created": (state, payload) => ({ sketches: upsert(state.sketches, payload["sketch"] as Sketch) }),
};

export function reduce(state: StudioState, event: SocketEvent, context: Context, now = Date.now()): Change {
  const handler = HANDLERS[event.event];
  return handler ? handler(state, event.payload as Payload, context, now) : {};
}

// What a person can do in the studio; each action is one command or request.

import { get, post, urls } from "../shared/api";
import { t } from "../shared/i18n";
import { pageSocket } from "../shared/socket";
import { toast, toastError } from "../shared/toast";
import type { Diagnostic, Layout, Run, Version } from "../shared/types";
import { getStudio } from "./state";

export interface CheckAnswer {
  diagnostics: Diagnostic[];
  layout: Layout | null;
}

/** Run a deed; say what went wrong. True when it worked. */
export async function attempt(deed: () => Promise<unknown>): Promise<boolean> {
  try {
    await deed();
    return true;
  } catch (error) {
    toastError(error);
    return false;
  }
}

export function sendMessage(text: string, kind: "prompt" | "note"): Promise<unknown> {
  const { data, store } = getStudio();
  const { shown, sketch } = store.get();
  const payload: Record<string, unknown> = { conversation: data.conversation.id, text, kind };
  if (kind === "prompt") {
    payload["sketch"] = sketch?.id ?? null;
    if (shown) payload["base_version"] = shown.id;
  }
  return pageSocket().send("chat.send", payload);
}

export function sendTyping(typing: boolean): void {
  const { data } = getStudio();
  pageSocket().send("chat.typing", { conversation: data.conversation.id, typing }).catch(() => undefined);
}

export function cancelJob(job: string): Promise<unknown> {
  return pageSocket().send("generation.cancel", { job });
}

export async function saveSource(source: string): Promise<void> {
  const { data, store } = getStudio();
  const parent = store.get().shown?.id ?? null;
  const made = await pageSocket().send<{ version?: Version }>("generation.save", { draft: data.draft.id, source, parent });
  store.set({ dirty: false });
  if (made.version) await show(made.version);
  toast(t("Saved as a new version."), "good");
}

export async function restore(version: Version): Promise<void> {
  const { store } = getStudio();
  const made = await pageSocket().send<{ version?: Version }>("generation.restore", { version: version.id });
  store.set({ dirty: false });
  if (made.version) await show(made.version);
  toast(t("Version {n} is current again.", { n: version.number }), "good");
}

/** The version with its source, which lists leave out. */
export async function withSource(version: Version): Promise<Version> {
  if (typeof version.source === "string") return version;
  const { data, store } = getStudio();
  const full = await get<Version>(urls.version(data.draft.id, version.number));
  const { versions } = store.get();
  store.set({ versions: versions.map((known) => (known.id === full.id ? full : known)) });
  return full;
}

export async function show(version: Version): Promise<void> {
  const full = await withSource(version);
  const { store } = getStudio();
  store.set({ shown: full, diagnostics: full.diagnostics, dirty: false });
}

/** Diagnostics and drawing of a source; over the API while the socket is away. */
export async function checkSource(source: string): Promise<CheckAnswer> {
  const { data } = getStudio();
  const socket = pageSocket();
  if (socket.status === "online") {
    return socket.send<CheckAnswer>("generation.check", { draft: data.draft.id, source });
  }
  return post<CheckAnswer>(urls.check, { source });
}

export interface RunSettings {
  seed: number;
  until: number;
  warmup: number;
  replications: number;
}

export async function startRun(version: Version, settings: RunSettings): Promise<void> {
  const answer = await pageSocket().send<{ run?: Run }>("runs.start", { version: version.id, ...settings });
  const { store } = getStudio();
  const { run } = answer;
  if (run && !store.get().runs.some((known) => known.id === run.id)) {
    store.set({ runs: [...store.get().runs, run] });
  }
}

export function cancelRun(run: string): Promise<unknown> {
  return pageSocket().send("runs.cancel", { run });
}

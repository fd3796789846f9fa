// Everything that the parts of the studio share, and how events of the project change it.

import { pageData } from "../shared/dom";
import { createStore, type Store } from "../shared/store";
import type {
  Diagnostic, Job, Layout, Message, Person, Role, Run, Sketch, Version,
} from "../shared/types";

export interface StudioData {
  project: { id: string; name: string };
  draft: { id: string; title: string };
  conversation: { id: string };
  role: Role;
  user: Person;
  messages: Message[];
  versions: Version[];
  current: Version | null;
  sketch: Sketch | null;
  sketches: Sketch[];
  runs: Run[];
  jobs: Job[];
  topic: string;
  seq: number;
  urls: Record<string, string>;
  limits: { prompt_chars: number };
  examples: string[];
}

export interface LiveJob {
  job: Job;
  text: string;
}

export interface StudioState {
  messages: Message[];
  versions: Version[];
  /** The version that the editor shows. */
  shown: Version | null;
  runs: Run[];
  jobs: Record<string, LiveJob>;
  sketches: Sketch[];
  sketch: Sketch | null;
  present: Person[];
  typing: Record<string, { name: string; until: number }>;
  diagnostics: Diagnostic[];
  layout: Layout | null;
  dirty: boolean;
}

export interface Studio {
  data: StudioData;
  store: Store<StudioState>;
  may: { edit: boolean; comment: boolean };
}

export function initialState(data: StudioData): StudioState {
  return {
    messages: data.messages,
    versions: data.versions,
    shown: data.current,
    runs: data.runs,
    jobs: Object.fromEntries(data.jobs.map((job) => [job.id, { job, text: job.partial ?? "" }])),
    sketches: data.sketches,
    sketch: data.sketch,
    present: [],
    typing: {},
    diagnostics: data.current?.diagnostics ?? [],
    layout: null,
    dirty: false,
  };
}

let studio: Studio | null = null;

export function getStudio(): Studio {
  if (studio) return studio;
  const data = pageData<StudioData>("studio-data");
  if (!data) throw new Error("The page lacks its studio data.");
  const edit = data.role === "owner" || data.role === "editor";
  const may = { edit, comment: edit || data.role === "commenter" };
  studio = { data, may, store: createStore(initialState(data)) };
  return studio;
}

/** Put `item` in the place of the one with its id, or at the end. */
export function upsert<T extends { id: string }>(items: readonly T[], item: T): T[] {
  const at = items.findIndex((other) => other.id === item.id);
  if (at < 0) return [...items, item];
  return items.map((other, index) => (index === at ? { ...other, ...item } : other));
}

export function latest(versions: readonly Version[]): Version | null {
  return versions.reduce<Version | null>(
    (best, version) => (best && best.number >= version.number ? best : version),
    null,
  );
}

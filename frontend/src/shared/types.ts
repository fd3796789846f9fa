// The JSON that the server sends, in page data, REST answers and socket events alike.

export interface Person {
  id: string | number;
  name: string;
}

export type Role = "owner" | "editor" | "commenter" | "viewer";
export type JobStatus = "queued" | "running" | "succeeded" | "failed" | "cancelled";

export interface ErrorBody {
  code: string;
  message: string;
  hint?: string | null;
  fields?: Record<string, string[]> | null;
}

export interface Message {
  id: string;
  conversation: string;
  author: Person | null;
  kind: "prompt" | "answer" | "note" | "error";
  text: string;
  created_at: string;
  job: string | null;
  version: string | null;
  sketch: string | null;
}

export interface Assumption {
  kind: string;
  text: string;
  object: string | null;
  confidence: number | null;
}

export interface Span {
  line: number;
  column: number;
  end_line: number;
  end_column: number;
}

export interface Diagnostic {
  severity: "error" | "warning" | "info";
  message: string;
  hint: string | null;
  span: Span;
  code: string;
}

export interface Version {
  id: string;
  draft: string;
  number: number;
  source?: string | null;
  origin: "generated" | "edited" | "restored" | "imported";
  parent: string | null;
  prompt: string;
  author: Person | null;
  model_name: string;
  assumptions: Assumption[];
  diagnostics: Diagnostic[];
  created_at: string;
}

export interface Job {
  id: string;
  draft: string;
  status: JobStatus;
  progress: number;
  stage: string;
  error: ErrorBody | null;
  version: string | null;
  partial?: string;
}

export interface Experiment {
  id: string;
  name: string;
  status: JobStatus;
  progress: number;
  error: ErrorBody | null;
  scenarios: number;
  replications: number;
  url: string;
}

export interface Run {
  id: string;
  version: string;
  number: number;
  status: JobStatus;
  progress: number;
  stage: string;
  error: ErrorBody | null;
  seed: number;
  until: number;
  warmup: number;
  replications: number;
  url: string;
  created_at: string;
  author: Person | null;
}

export interface Sketch {
  id: string;
  title?: string;
  url: string;
  thumbnail_url: string;
  width: number;
  height: number;
}

export interface LayoutObject {
  name: string;
  class: string;
  x: number;
  y: number;
  width: number;
  depth: number;
  height: number;
}

export interface LayoutConnection {
  from: string;
  to: string;
  kind: string;
}

export interface Layout {
  objects: LayoutObject[];
  connections: LayoutConnection[];
  bounds: [number, number, number, number];
}

export interface Estimate {
  mean: number | null;
  half_width: number | null;
  low?: number | null;
  high?: number | null;
  min?: number | null;
  max?: number | null;
  n?: number;
}

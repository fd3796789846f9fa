import { t } from "./i18n";
import type { ErrorBody } from "./types";

/** A refusal of the server, or no answer at all (`status` 0, code "offline"). */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly hint: string | null;
  readonly fields: Record<string, string[]>;

  constructor(status: number, body: ErrorBody) {
    super(body.message);
    this.name = "ApiError";
    this.status = status;
    this.code = body.code;
    this.hint = body.hint ?? null;
    this.fields = body.fields ?? {};
  }
}

export function csrfToken(): string {
  const cookie = /(?:^|;\s*)csrftoken=([^;]+)/.exec(document.cookie)?.[1];
  if (cookie) return decodeURIComponent(cookie);
  return document.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value
    ?? document.querySelector<HTMLMetaElement>("meta[name=csrf-token]")?.content
    ?? "";
}

function fallback(status: number): ErrorBody {
  const message =
    status === 413
      ? t("That is larger than the server accepts.")
      : status === 403
        ? t("You may not do this.")
        : status === 404
          ? t("This is not here any more.")
          : t("The server could not do this (error {status}).", { status });
  return { code: "http", message };
}

function readError(status: number, body: unknown): ApiError {
  const error = (body as { error?: ErrorBody } | null)?.error;
  return new ApiError(status, error?.message ? error : fallback(status));
}

function parse(text: string): unknown {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

/** Send JSON, get JSON. Throws ApiError. */
export async function request<T>(method: string, url: string, body?: unknown): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (method !== "GET") headers["X-CSRFToken"] = csrfToken();
  const init: RequestInit = { method, headers, credentials: "same-origin" };
  if (body !== undefined) init.body = JSON.stringify(body);
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch {
    throw new ApiError(0, { code: "offline", message: t("The server cannot be reached.") });
  }
  const answer = parse(await response.text());
  if (!response.ok) throw readError(response.status, answer);
  return answer as T;
}

export const get = <T>(url: string): Promise<T> => request<T>("GET", url);
export const post = <T>(url: string, body: unknown = {}): Promise<T> => request<T>("POST", url, body);

/** Send a form with files, telling the share that has gone out. Throws ApiError. */
export function upload<T>(url: string, form: FormData, progress: (share: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    call.open("POST", url);
    call.setRequestHeader("Accept", "application/json");
    call.setRequestHeader("X-CSRFToken", csrfToken());
    call.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) progress(event.loaded / event.total);
    });
    call.addEventListener("load", () => {
      const answer = parse(call.responseText);
      if (call.status >= 200 && call.status < 300) resolve(answer as T);
      else reject(readError(call.status, answer));
    });
    call.addEventListener("error", () => {
      reject(new ApiError(0, { code: "offline", message: t("The server cannot be reached.") }));
    });
    call.send(form);
  });
}

const root = "/api/v1/";

export const urls = {
  sketches: (project: string): string => `${root}projects/${project}/sketches/`,
  version: (draft: string, n: number): string => `${root}drafts/${draft}/versions/${n}/`,
  runs: (draft: string, n: number): string => `${root}drafts/${draft}/versions/${n}/runs/`,
  run: (run: string): string => `${root}runs/${run}/`,
  figures: (run: string): string => `${root}runs/${run}/figures/`,
  check: `${root}flexscript/check/`,
};

import type { Hook } from "@hono/zod-openapi";
import type { TypedResponse } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { plainIssues } from "../model/issues.ts";
import type { Log } from "../ports.ts";
import type { Ctx, Env } from "./context.ts";
import type { ProblemDetails } from "./schemas.ts";

export interface FieldError {
  readonly field: string;
  readonly message: string;
}

interface ProblemInput {
  readonly status: ContentfulStatusCode;
  /** Stable kebab-case word. */
  readonly code: string;
  /** What is wrong, in words for a person. */
  readonly detail: string;
  readonly fix?: string;
  readonly errors?: readonly FieldError[];
  readonly needsFirstAccount?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal fits in the place of every typed answer: the document adds the problem to each route by itself. */
export type Refusal = Response & TypedResponse<never, never, never>;

const titles: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  421: "Misdirected Request",
  429: "Too Many Requests",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

/** Answers with problem details (RFC 9457). The type is about:blank, so the title is the status phrase (section 4.2.1). */
export function problem(c: Ctx, input: ProblemInput): Refusal {
  const { status, headers, ...rest } = input;
  const title = titles[status] ?? "Error";
  const body: ProblemDetails = { type: "about:blank", title, status, instance: c.req.path, ...rest };
  return c.body(JSON.stringify(body), status, {
    ...headers,
    "content-type": "application/problem+json",
  }) as Response as Refusal;
}

export const notFound = (c: Ctx, detail: string): Refusal => problem(c, { status: 404, code: "not-found", detail });

export const conflict = (c: Ctx, detail: string, fix?: string): Refusal =>
  problem(c, { status: 409, code: "conflict", detail, ...(fix === undefined ? {} : { fix }) });

/** Who tried in vain too often has to wait. */
export const tooMany = (c: Ctx, retryAfterS: number): Refusal =>
  problem(c, {
    ...{ status: 429, code: "too-many-tries", detail: "Too many failed tries." },
    fix: `Wait ${Math.ceil(retryAfterS / 60)} minutes.`,
    headers: { "retry-after": String(retryAfterS) },
  });

/** Input that does not fit: names every field. */
export function badInput(c: Ctx, errors: readonly FieldError[]): Refusal {
  const detail = errors.map((e) => `${e.field} ${e.message}`).join("; ");
  return problem(c, { status: 400, code: "bad-input", detail, errors });
}

/** Fields that an answer names at most. */
const MAX_ERRORS = 20;

/** What every route does with input that its schema refuses. */
export const onInvalid: Hook<unknown, Env, string, Response | undefined> = (result, c) => {
  if (result.success) return undefined;
  return badInput(
    c,
    plainIssues(result.error.issues, undefined, MAX_ERRORS).map(({ path, message }) => ({
      field: path.join(".") || (result.target === "json" ? "body" : result.target),
      message,
    })),
  );
};

/** What stands behind it is a secret that no log may hold. */
const LINK = /^\/answer\/.*/;

/** The one error handler. Refusals of the framework keep their status; anything else is our fault and tells nothing. */
export function onError(log: Log | undefined): (error: Error, c: Ctx) => Response {
  return (error, c) => {
    if (error instanceof HTTPException) {
      const code = error.status === 415 ? "unsupported-media-type" : error.status === 413 ? "too-large" : "bad-request";
      return problem(c, { status: error.status as ContentfulStatusCode, code, detail: error.message || code });
    }
    // The message stays in the log: it may quote input or paths of this machine.
    log?.error(
      { method: c.req.method, path: c.req.path.replace(LINK, "/answer/…"), err: error.message },
      "a request failed",
    );
    const refusal = storeRefusalOf(error);
    if (refusal) return problem(c, { status: 503, ...refusal });
    return problem(c, {
      status: 500,
      code: "hub-failed",
      detail: "The hub failed at this request.",
      fix: "Try again; the hub's log says why it failed.",
    });
  };
}

/** What the disk beneath the store refuses; its message may name a path, its fix does not. */
function storeRefusalOf(error: Error): Pick<ProblemInput, "code" | "detail" | "fix"> | undefined {
  if (error.name !== "StoreError" || !("code" in error && "fix" in error)) return undefined;
  const [code, fix] = [String(error.code), String(error.fix)];
  return { code, detail: "The hub's disk did not take this.", fix };
}

/** What a port refuses with a RangeError `field: message`, as that field's error. Anything else goes on. */
export function fieldErrorOf(error: unknown): FieldError {
  const text = rangeErrorOf(error);
  const cut = text.indexOf(": ");
  return cut < 0 ? { field: "body", message: text } : { field: text.slice(0, cut), message: text.slice(cut + 2) };
}

/** What a port refuses with a RangeError is the asker's mistake; anything else goes on to the error handler. */
export function rangeErrorOf(error: unknown): string {
  if (error instanceof Error && error.name === "RangeError") return error.message;
  throw error;
}

/** One field that does not fit, as problem+json names it. */
export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

/** An answer of the hub that is no success (RFC 9457), or no answer at all (status 0). */
export class ApiError extends Error {
  readonly status: number;
  readonly fields: readonly FieldProblem[];
  readonly body: Readonly<Record<string, unknown>>;
  constructor(status: number, message: string, body: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.body = body;
    this.fields = readFields(body.errors);
  }
}

// A command waits for its confirming reading (10 s at most in the hub); more than this means the hub is gone.
const TIMEOUT_MS = 30_000;

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** Asks the hub. Throws ApiError for every failure, with words a person can read. */
async function request<T>(method: Method, path: string, body?: unknown): Promise<T> {
  return parse(await textOf(method, path, body)) as T;
}

async function textOf(method: Method, path: string, body?: unknown): Promise<string> {
  const headers: Record<string, string> = { accept: "application/json, text/markdown" };
  if (body !== undefined) headers["content-type"] = "application/json";
  let response: Response;
  try {
    response = await fetch(`/api${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch {
    throw new ApiError(0, "The hub does not answer. Is this device still in the home's network?");
  }
  const text = await response.text();
  if (!response.ok) throw problemOf(response, parse(text));
  return text;
}

function parse(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function problemOf(response: Response, parsed: unknown): ApiError {
  const body = isRecord(parsed) ? parsed : {};
  const words = [body.detail, body.title].find((x) => typeof x === "string" && x !== "");
  const message = typeof words === "string" ? words : `The hub answered ${response.status} ${response.statusText}.`;
  const fix = typeof body.fix === "string" && body.fix !== "" ? ` ${body.fix}` : "";
  return new ApiError(response.status, `${message}${fix}`, body);
}

function readFields(errors: unknown): FieldProblem[] {
  if (!Array.isArray(errors)) return [];
  return errors.filter(isRecord).map((e) => ({ field: String(e.field ?? ""), message: String(e.message ?? "") }));
}

const isRecord = (x: unknown): x is Record<string, unknown> => typeof x === "object" && x !== null && !Array.isArray(x);

export const get = <T>(path: string): Promise<T> => request<T>("GET", path);
/** What is text and no JSON, e.g. a report. */
export const getText = (path: string): Promise<string> => textOf("GET", path);
export const post = <T>(path: string, body?: unknown): Promise<T> => request<T>("POST", path, body ?? {});
export const put = <T>(path: string, body: unknown): Promise<T> => request<T>("PUT", path, body);
export const patch = <T>(path: string, body: unknown): Promise<T> => request<T>("PATCH", path, body);
export const del = <T = unknown>(path: string): Promise<T> => request<T>("DELETE", path);

/** What went wrong, in words, with the fields where the hub named them. */
export function inWords(error: unknown): string {
  if (!(error instanceof ApiError)) return error instanceof Error ? error.message : "Something went wrong.";
  const fields = error.fields.map((f) => (f.field ? `${f.field}: ${f.message}` : f.message));
  return fields.length > 0 ? fields.join("; ") : error.message;
}

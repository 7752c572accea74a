import { open, truncate } from "node:fs/promises";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { sizeOf } from "../files.ts";
import type { FetchJob, Source, SourceResult } from "./source.ts";

export interface OfficialLimits {
  /** No byte for this long: the attempt ends and is resumed. */
  readonly stallMs: number;
  /** Attempts in a row that bring no byte. */
  readonly attempts: number;
  /** First wait between attempts; doubles up to 16 times. */
  readonly retryMs: number;
}

const defaults: OfficialLimits = { stallMs: 30_000, attempts: 4, retryMs: 1000 };

/** The largest file that is taken when its size is not known. */
const MAX_BYTES = 64 * 1024 ** 3;

/** What makes another attempt pointless. */
class Final extends Error {}

/** The publisher's file by HTTPS; plain HTTP only on this machine itself. A broken transfer goes on where it ended. */
export const officialSource = (limits: OfficialLimits = defaults): Source => ({
  name: "the official source",
  async fetch(job): Promise<SourceResult> {
    const { model } = job;
    if (!model.url) return { ok: false, reason: "no official file is known for this model" };
    if (!isAllowed(model.url)) return { ok: false, reason: "the address must begin with https://" };
    let failures = 0;
    let reason = "";
    while (failures < limits.attempts) {
      const before = await usablePart(job);
      if (before === model.sizeBytes) return done(job);
      try {
        await attempt(model.url, before, job, limits);
        return done(job);
      } catch (error) {
        job.signal.throwIfAborted();
        reason = describe(error);
        if (error instanceof Final) break;
        failures = (await sizeOf(job.partPath)) > before ? 0 : failures + 1;
        if (isUnreachable(error) && failures >= 2) break;
      }
      if (failures < limits.attempts) await pause(limits.retryMs * 2 ** Math.min(failures, 4), job.signal);
    }
    return { ok: false, reason };
  },
});

const done = (job: FetchJob): SourceResult => ({
  ok: true,
  path: job.partPath,
  from: `the official source (${new URL(job.model.url ?? "https://unnamed").host})`,
});

/** How much of the file is here already; more than the file has cannot be its beginning. */
async function usablePart({ model, partPath }: FetchJob): Promise<number> {
  const size = await sizeOf(partPath);
  if (model.sizeBytes === undefined || size <= model.sizeBytes) return size;
  await truncate(partPath, 0);
  return 0;
}

async function attempt(url: string, have: number, job: FetchJob, limits: OfficialLimits): Promise<void> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(new Error(`no data for ${limits.stallMs / 1000} s`)), limits.stallMs);
  const signal = AbortSignal.any([job.signal, stop.signal]);
  try {
    const response = await fetch(url, { signal, headers: have > 0 ? { range: `bytes=${have}-` } : {} });
    if (!isAllowed(response.url)) throw new Final("the server redirects to an address without https");
    const start = await startOf(response, have, job);
    if (start === undefined) return;
    let at = start;
    const total = job.model.sizeBytes ?? MAX_BYTES;
    const handle = await open(job.partPath, "a");
    try {
      for await (const chunk of bytesOf(response)) {
        timer.refresh();
        if (at + chunk.length > total) throw new Final("the server sends more than the file's size");
        await handle.write(chunk);
        at += chunk.length;
        job.onBytes(at);
      }
    } finally {
      await handle.close();
    }
    if (job.model.sizeBytes !== undefined && at < job.model.sizeBytes) throw new Error("the connection ended early");
  } catch (error) {
    throw stop.signal.aborted ? stop.signal.reason : error;
  } finally {
    clearTimeout(timer);
  }
}

const bytesOf = (response: Response): AsyncIterable<Uint8Array> | Uint8Array[] =>
  response.body ? Readable.fromWeb(response.body as ReadableStream<Uint8Array>) : [];

/** Where the answer's bytes belong; undefined when nothing is missing. Throws for an answer that is of no use. */
async function startOf(response: Response, have: number, job: FetchJob): Promise<number | undefined> {
  const { status } = response;
  const expected = job.model.sizeBytes;
  if (status === 206) {
    const range = /^bytes (\d{1,15})-\d{1,15}\/(\d{1,15}|\*)$/.exec(response.headers.get("content-range") ?? "");
    if (!range || Number(range[1]) !== have) throw new Error("the server answered with another range than asked");
    if (expected !== undefined && range[2] !== "*" && Number(range[2]) !== expected)
      throw new Final("the official file has another size than the catalogue says");
    return have;
  }
  if (status === 200) {
    const length = Number(response.headers.get("content-length") ?? Number.NaN);
    if (expected !== undefined && Number.isFinite(length) && length !== expected)
      throw new Final("the official file has another size than the catalogue says");
    await truncate(job.partPath, 0).catch(() => undefined);
    return 0;
  }
  await response.body?.cancel();
  if (status === 416 && expected === undefined && have > 0) return undefined;
  if (status === 416) await truncate(job.partPath, 0).catch(() => undefined);
  const transient = status === 416 || status === 408 || status === 429 || status >= 500;
  throw new (transient ? Error : Final)(`the server answered ${status}`);
}

/** HTTPS anywhere; plain HTTP only to this machine, where nobody stands between. */
export function isAllowed(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === "https:" || (protocol === "http:" && ["127.0.0.1", "[::1]", "localhost"].includes(hostname));
}

const codeOf = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error && "code" in cause ? String(cause.code) : "";
};

const isUnreachable = (error: unknown): boolean =>
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|EHOSTUNREACH|CERT|UND_ERR_CONNECT_TIMEOUT/.test(codeOf(error));

const describe = (error: unknown): string => {
  const code = codeOf(error);
  if (isUnreachable(error)) return `it cannot be reached (${code})`;
  return `${error instanceof Error ? error.message : String(error)}${code ? ` (${code})` : ""}`;
};

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal.addEventListener("abort", stop, { once: true });
  });
}

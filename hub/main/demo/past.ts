import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { AdapterInput, Log } from "../../ports.ts";
import type { JobHandle } from "../jobs.ts";
import { endChild } from "./simulator.ts";

/** Takes one line of the past: what the same devices would have sent, at a time that has gone by. */
export interface PastReader {
  mqtt(topic: string, payload: string, retained: boolean, at: number): readonly AdapterInput[];
  matter(line: unknown): readonly AdapterInput[];
}

export interface PastParts {
  readonly entry: string;
  readonly args: readonly string[];
  readonly reader: PastReader;
  readonly put: (input: AdapterInput) => void;
  readonly log: Log;
  readonly job: JobHandle;
}

/** The loop is held for no longer than this before sockets and timers get their turn. */
const SLICE_MS = 8;

/**
 * Fills in the home's past: simulated devices run fast, and what they say goes through the same decoding and the same
 * core as live messages. Resolves true when the whole past is in.
 */
export function fillPast(parts: PastParts): { readonly done: Promise<boolean>; cancel(): void } {
  const child = spawn(process.execPath, [parts.entry, ...parts.args], { stdio: ["ignore", "pipe", "pipe"] });
  let cancelled = false;
  child.stderr.on("data", (data: Buffer) =>
    parts.log.warn({ text: data.toString().slice(0, 300) }, "the simulated past says"),
  );
  const done = read(parts, createInterface({ input: child.stdout }), () => cancelled).finally(() => endChild(child));
  return {
    done,
    cancel() {
      cancelled = true;
      child.kill("SIGTERM");
    },
  };
}

async function read(parts: PastParts, lines: AsyncIterable<string>, cancelled: () => boolean): Promise<boolean> {
  let until = performance.now() + SLICE_MS;
  let whole = false;
  for await (const text of lines) {
    if (cancelled()) break;
    whole ||= takeLine(parts, text);
    if (performance.now() < until) continue;
    await new Promise((resolve) => setImmediate(resolve));
    until = performance.now() + SLICE_MS;
  }
  parts.job.end(cancelled() ? "cancelled" : whole ? "done" : "failed", whole ? "" : "the simulated past ended early");
  return whole;
}

/** Returns true for the last line. */
function takeLine(parts: PastParts, text: string): boolean {
  const line: unknown = JSON.parse(text);
  if (typeof line !== "object" || line === null) return false;
  if ("progress" in line && typeof line.progress === "number") parts.job.progress(line.progress);
  else if ("topic" in line) takeInputs(parts, fromMqtt(parts.reader, line));
  else if ("matter" in line) takeInputs(parts, parts.reader.matter(line));
  return "end" in line;
}

function fromMqtt(reader: PastReader, line: object): readonly AdapterInput[] {
  const { topic, payload, at } = line as { topic?: unknown; payload?: unknown; at?: unknown };
  if (typeof topic !== "string" || typeof payload !== "string" || typeof at !== "number") return [];
  // A device that sent it then meant it then: only a broker's copy has an unknown age.
  return reader.mqtt(topic, payload, false, at);
}

/** Who was reachable when is of the past; only devices and their values are taken. */
function takeInputs(parts: PastParts, inputs: readonly AdapterInput[]): void {
  for (const input of inputs) if (input.kind === "nodeFound" || input.kind === "readings") parts.put(input);
}

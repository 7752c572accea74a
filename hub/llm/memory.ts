/** How much memory there is and can be had: of the machine, and of the container that the hub runs in. */
import { readFileSync } from "node:fs";
import { freemem, totalmem } from "node:os";
import { join } from "node:path";

export interface Memory {
  /** Bytes of the machine, or of the tightest limit around the hub. */
  readonly totalBytes: number;
  /** Bytes that can be had without pushing anybody out: what the page cache holds counts as free. */
  readonly availableBytes: number;
}

/** Levels of control groups looked at; deeper ones than this nobody nests. */
const MAX_LEVELS = 16;

/**
 * Memory as Linux states it (`/proc/meminfo`), narrowed by every control group above this process (cgroup v2
 * `memory.max`, v1 `memory.limit_in_bytes`). Elsewhere as Node states it. `root` is where the system's files begin.
 */
export function readMemory(root = "/"): Memory {
  const info = text(join(root, "proc/meminfo"));
  const field = (name: string): number | undefined => {
    const found = new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(info ?? "");
    return found ? Number(found[1]) * 1024 : undefined;
  };
  let totalBytes = field("MemTotal") ?? totalmem();
  let availableBytes = field("MemAvailable") ?? freemem();
  for (const group of groupsOf(root)) {
    totalBytes = Math.min(totalBytes, group.limit);
    availableBytes = Math.min(availableBytes, Math.max(0, group.limit - group.used));
  }
  return { totalBytes, availableBytes };
}

interface Group {
  readonly limit: number;
  /** Without what the page cache would give back at once. */
  readonly used: number;
}

function groupsOf(root: string): Group[] {
  const lines = (text(join(root, "proc/self/cgroup")) ?? "").split("\n");
  const groups: Group[] = [];
  for (const line of lines) {
    const [, controllers = "", path = ""] = /^\d+:([^:]*):(\/.*)$/.exec(line) ?? [];
    const v2 = line.startsWith("0::");
    if (!v2 && !controllers.split(",").includes("memory")) continue;
    const base = v2 ? "sys/fs/cgroup" : "sys/fs/cgroup/memory";
    const steps = path
      .split("/")
      .filter((step) => step !== "" && step !== "..")
      .slice(0, MAX_LEVELS);
    for (let depth = steps.length; depth >= 0; depth--) {
      const group = groupAt(join(root, base, ...steps.slice(0, depth)), v2);
      if (group) groups.push(group);
    }
  }
  return groups;
}

function groupAt(folder: string, v2: boolean): Group | undefined {
  const limit = number(join(folder, v2 ? "memory.max" : "memory.limit_in_bytes"));
  const used = number(join(folder, v2 ? "memory.current" : "memory.usage_in_bytes"));
  // "max", and v1's word for it, a number beyond any machine.
  if (limit === undefined || used === undefined || limit > 2 ** 60) return undefined;
  const idle = new RegExp(`^${v2 ? "" : "total_"}inactive_file (\\d+)`, "m").exec(
    text(join(folder, "memory.stat")) ?? "",
  );
  return { limit, used: used - Number(idle?.[1] ?? 0) };
}

function number(path: string): number | undefined {
  const value = text(path)?.trim();
  return value !== undefined && /^\d+$/.test(value) ? Number(value) : undefined;
}

function text(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

/** Left free for the rest of the house when a model is loaded. */
const RESERVE_BYTES = 150e6;
/** Below this the model goes, bytes; half of the reserve, so that a model that has just fitted isn't thrown out again. */
const FLOOR_BYTES = 75e6;

/** What memory lacks for a model, in words, or undefined. */
export function memoryMissing(neededBytes: number, availableBytes: number): string | undefined {
  const needed = neededBytes + RESERVE_BYTES;
  if (availableBytes >= needed) return undefined;
  return `too little memory is free to load the model: ${megabytes(availableBytes)}, and it needs ${megabytes(needed)}`;
}

/** Watches memory while a model is loaded: two looks in a row below the floor, and `short` is told why. */
export function watchMemory(free: () => number, short: (reason: string) => void, everyMs: number): () => void {
  let low = 0;
  const timer = setInterval(() => {
    const bytes = free();
    low = bytes < FLOOR_BYTES ? low + 1 : 0;
    if (low >= 2) short(`memory got short (${megabytes(bytes)} were free), so the model was unloaded`);
  }, everyMs).unref();
  return () => clearInterval(timer);
}

export const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

import { existsSync, mkdtempSync, rmdirSync, statfsSync, statSync } from "node:fs";
import { availableParallelism, freemem, totalmem } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { Diagnosis } from "../ports/doctor.ts";

const GIB = 2 ** 30;
const MIB = 2 ** 20;
const HOUR_MS = 3_600_000;

/** The folder itself, or the one above it that is there already. */
const existing = (path: string): string => (existsSync(path) ? path : existing(dirname(path)));

/** By making and removing a folder: rights alone do not tell of a read-only disk. */
export function dataFolder({ data }: { readonly data: string }): Diagnosis[] {
  const name = "data folder";
  const there = existing(resolve(data));
  try {
    if (!statSync(there).isDirectory()) throw new Error(`${there} is no folder`);
    rmdirSync(mkdtempSync(join(there, ".inglenook-")));
    return [{ name, state: "ok", detail: `${data} can be written` }];
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const fix = "choose another folder with --data, or give this user the right to write it";
    return [{ name, state: "bad", detail: `${data} can't be written: ${why}`, fix }];
  }
}

/** Room for history and a model. */
export function disk({ data }: { readonly data: string }): Diagnosis[] {
  const { bavail, bsize } = statfsSync(existing(resolve(data)));
  const free = bavail * bsize;
  const detail = `${(free / GIB).toFixed(1)} GiB free`;
  const name = "disk";
  if (free < 200 * MIB)
    return [
      {
        name,
        state: "bad",
        detail,
        fix: "free some room: a year of history takes up to 2 GiB, a model 0.5 to 1.2 GiB",
      },
    ];
  if (free < 3 * GIB)
    return [{ name, state: "warn", detail, fix: "enough to start; a year of history and a model want 3 GiB" }];
  return [{ name, state: "ok", detail }];
}

/** Whether a language model has room. */
export function memory(): Diagnosis[] {
  const detail = `${(freemem() / GIB).toFixed(1)} of ${(totalmem() / GIB).toFixed(1)} GiB free, ${availableParallelism()} cores`;
  const fix = "the hub runs, but without a language model; plans come from the built-in planner";
  return totalmem() < 0.9 * GIB
    ? [{ name: "memory", state: "warn", detail, fix }]
    : [{ name: "memory", state: "ok", detail }];
}

/** A clock that is behind makes certificates of Matter invalid and history disorderly. */
export function clock({ lastWrittenAt }: { readonly lastWrittenAt?: number | undefined }): Diagnosis[] {
  const now = new Date();
  const name = "clock";
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const detail = `${now.toISOString()}, time zone ${zone}`;
  const fix = "set the clock or turn on NTP (timedatectl set-ntp true)";
  if (now.getUTCFullYear() < 2025) return [{ name, state: "bad", detail, fix }];
  if (lastWrittenAt !== undefined && lastWrittenAt > now.getTime() + HOUR_MS) {
    const ahead = `${detail}, but the hub has written down ${new Date(lastWrittenAt).toISOString()} already`;
    return [{ name, state: "bad", detail: ahead, fix }];
  }
  return [{ name, state: "ok", detail }];
}

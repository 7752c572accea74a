import { existsSync, mkdtempSync, rmdirSync, statfsSync, statSync } from "node:fs";
import { availableParallelism, freemem, networkInterfaces, totalmem } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { Diagnosis } from "../doctor.ts";
import type { Settings } from "../settings.ts";
import { mdnsEcho } from "./mdns.ts";
import { door } from "./ports.ts";

type Check = (settings: Settings) => Promise<Diagnosis[]> | Diagnosis[];

const GIB = 2 ** 30;
const MIB = 2 ** 20;

/** One line each; a new check is one function and one line. */
export const checks: readonly Check[] = [ports, dataFolder, disk, memory, clock, ipv6, mdns];

function ports({ host, port, mqttHost, mqttPort }: Settings): Promise<Diagnosis[]> {
  return Promise.all([
    door({ host, port, flag: "--port" }),
    door({ host: mqttHost, port: mqttPort, flag: "--mqtt-port" }),
  ]);
}

/** The folder itself, or the one above it that is there already. */
const existing = (path: string): string => (existsSync(path) ? path : existing(dirname(path)));

/** By making and removing a folder: rights alone do not tell of a read-only disk. */
function dataFolder({ data }: Settings): Diagnosis[] {
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

function disk({ data }: Settings): Diagnosis[] {
  const { bavail, bsize } = statfsSync(existing(resolve(data)));
  const free = bavail * bsize;
  const detail = `${(free / GIB).toFixed(1)} GiB free`;
  if (free < 200 * MIB)
    return [
      {
        name: "disk",
        state: "bad",
        detail,
        fix: "free some room: a year of history takes up to 2 GiB, a model 0.5 to 1.2 GiB",
      },
    ];
  if (free < 3 * GIB)
    return [{ name: "disk", state: "warn", detail, fix: "enough to start; a year of history and a model want 3 GiB" }];
  return [{ name: "disk", state: "ok", detail }];
}

function memory(): Diagnosis[] {
  const detail = `${(freemem() / GIB).toFixed(1)} of ${(totalmem() / GIB).toFixed(1)} GiB free, ${availableParallelism()} cores`;
  if (totalmem() < 0.9 * GIB)
    return [
      {
        name: "memory",
        state: "warn",
        detail,
        fix: "the hub runs, but without a language model; plans come from the built-in planner",
      },
    ];
  return [{ name: "memory", state: "ok", detail }];
}

function clock(): Diagnosis[] {
  const now = new Date();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const detail = `${now.toISOString()}, time zone ${zone}`;
  if (now.getUTCFullYear() < 2025)
    return [{ name: "clock", state: "bad", detail, fix: "set the clock or turn on NTP (timedatectl set-ntp true)" }];
  return [{ name: "clock", state: "ok", detail }];
}

function ipv6(): Diagnosis[] {
  const local = Object.entries(networkInterfaces()).flatMap(([name, list]) =>
    (list ?? []).filter((a) => a.family === "IPv6" && a.address.startsWith("fe80")).map(() => name),
  );
  if (local.length > 0)
    return [{ name: "IPv6", state: "ok", detail: `link-local on ${[...new Set(local)].join(", ")}` }];
  return [
    {
      name: "IPv6",
      state: "warn",
      detail: "no link-local address",
      fix: "Matter devices need IPv6 on the local network; turn it on for this interface (the demo's own devices work without)",
    },
  ];
}

async function mdns(): Promise<Diagnosis[]> {
  const problem = await mdnsEcho();
  if (!problem) return [{ name: "mDNS", state: "ok", detail: "multicast goes out and comes back" }];
  return [
    {
      name: "mDNS",
      state: "warn",
      detail: problem,
      fix: "allow UDP 5353 and multicast in the firewall; in a container use the host's network",
    },
  ];
}

import { accessSync, constants, existsSync, statfsSync } from "node:fs";
import { createServer } from "node:net";
import { availableParallelism, freemem, networkInterfaces, totalmem } from "node:os";
import { dirname, resolve } from "node:path";
import type { Diagnosis } from "../doctor.ts";
import { mdnsEcho } from "./mdns.ts";

export interface Place {
  readonly data: string;
  readonly ports: readonly number[];
}

type Check = (place: Place) => Promise<Diagnosis[]> | Diagnosis[];

const GIB = 2 ** 30;
const MIB = 2 ** 20;

/** One line each; a new check is one function and one line. */
export const checks: readonly Check[] = [ports, dataFolder, disk, memory, clock, ipv6, mdns];

async function ports(place: Place): Promise<Diagnosis[]> {
  return Promise.all(
    place.ports.map(async (port): Promise<Diagnosis> => {
      const name = `port ${port}`;
      const problem = Number.isInteger(port) && port > 0 && port < 65536 ? await tryPort(port) : "is no port";
      if (!problem) return { name, state: "ok", detail: "free" };
      const fix =
        "end the program that uses it (a running hub is one), or choose another port with --port or --mqtt-port";
      return { name, state: "bad", detail: problem, fix };
    }),
  );
}

function tryPort(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) =>
      resolve(error.code === "EADDRINUSE" ? "in use" : (error.code ?? error.message)),
    );
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(undefined)));
  });
}

function existing(path: string): string {
  const full = resolve(path);
  return existsSync(full) ? full : existing(dirname(full));
}

function dataFolder({ data }: Place): Diagnosis[] {
  try {
    accessSync(existing(data), constants.W_OK);
    return [{ name: "data folder", state: "ok", detail: `${resolve(data)} can be written` }];
  } catch {
    return [
      {
        name: "data folder",
        state: "bad",
        detail: `${resolve(data)} can't be written`,
        fix: "choose another folder with --data, or give this user the right to write it",
      },
    ];
  }
}

function disk({ data }: Place): Diagnosis[] {
  const { bavail, bsize } = statfsSync(existing(data));
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

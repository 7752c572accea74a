import { createSocket } from "node:dgram";
import { readdirSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import type { Diagnosis } from "../ports/doctor.ts";

interface Door {
  readonly host: string;
  readonly port: number;
  readonly flag: string;
}

/** Whether the hub could listen there now: by listening, for a moment. */
export async function door({ host, port, flag }: Door): Promise<Diagnosis> {
  const name = `port ${port}`;
  if (port === 0) return { name, state: "ok", detail: "any free port will do" };
  const code = await tryListen(host, port);
  if (code === undefined) return { name, state: "ok", detail: `free on ${host}` };
  const known = problems[code];
  return {
    name,
    state: "bad",
    detail: known?.detail ?? `can't be listened on (${code})`,
    fix: `${known?.fix ?? "look at the machine's network"}, or choose another one with ${flag}`,
  };
}

const problems: Readonly<Record<string, { readonly detail: string; readonly fix: string }>> = {
  EADDRINUSE: { detail: "in use", fix: "end the program that uses it (a running hub is one)" },
  EACCES: { detail: "this user may not listen on it", fix: "ports below 1024 are for the system's own services" },
  EADDRNOTAVAIL: { detail: "the machine has no such address", fix: "choose an address that this machine has" },
  ENOTFOUND: { detail: "the machine has no such address", fix: "choose an address that this machine has" },
};

/** The code of what went wrong; undefined when nothing did. */
function tryListen(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}

/** Where Alexa looks for a Matter bridge, and nowhere else. */
const MATTER_PORT = 5540;

/** Whether a Matter bridge could have the standard's own port; a bridge of this hub may hold it already. */
export async function matterDoor({ data }: { readonly data: string }): Promise<Diagnosis[]> {
  const name = `port ${MATTER_PORT}`;
  const code = await tryUdp(MATTER_PORT);
  if (code === undefined) return [{ name, state: "ok", detail: "free for a Matter bridge" }];
  if (hasBridge(data)) return [{ name, state: "ok", detail: "in use, as it is by a bridge of this hub" }];
  const fix =
    "only a bridge for Alexa needs it: end the other Matter bridge or device on this machine before you make one";
  return [{ name, state: "warn", detail: `in use by another program (${code})`, fix }];
}

function hasBridge(data: string): boolean {
  try {
    return readdirSync(join(data, "matter-bridge")).length > 0;
  } catch {
    return false;
  }
}

function tryUdp(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = createSocket({ type: "udp6" });
    const end = (code: string | undefined) => socket.close(() => resolve(code));
    socket.once("error", (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
    socket.bind(port, () => end(undefined));
  });
}

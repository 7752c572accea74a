import { createServer } from "node:net";
import type { Diagnosis } from "../doctor.ts";

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

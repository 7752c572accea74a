import { type ChildProcess, spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { createInterface } from "node:readline";
import type { Log } from "../../ports.ts";

/** How long the simulated home may take to end by itself. */
const END_MS = 5000;

/** What the live simulator says once its devices are there. */
export interface SimulatorReady {
  readonly matter: readonly { readonly name: string; readonly pairingCode: string; readonly serial: string }[];
}

export interface Simulator {
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

/** Runs the simulated home as processes of its own; its JSON lines go to `line`. It ends with this process: its input closes. */
export function runSimulator(
  entry: string,
  args: readonly string[],
  log: Log,
  line: (text: string) => void,
): Simulator {
  const child = spawn(process.execPath, [entry, ...args], { stdio: ["pipe", "pipe", "pipe"] });
  createInterface({ input: child.stdout }).on("line", line);
  createInterface({ input: child.stderr }).on("line", (text) =>
    log.warn({ text: text.slice(0, 500) }, "the simulated home says"),
  );
  child.on("error", (error) => log.error({ error: error.message }, "the simulated home could not be started"));
  return { process: child, stop: () => endChild(child) };
}

/** Ends a child by its own id: asks first, insists after a while. */
export function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return Promise.resolve();
  return new Promise((resolve) => {
    const insist = setTimeout(() => child.kill("SIGKILL"), END_MS);
    child.once("exit", () => {
      clearTimeout(insist);
      resolve();
    });
    child.kill("SIGTERM");
  });
}

/** The ready line of the live simulator, or undefined for any other line. */
export function readyFrom(text: string): SimulatorReady | undefined {
  try {
    const line: unknown = JSON.parse(text);
    if (
      typeof line !== "object" ||
      line === null ||
      !("ready" in line) ||
      !("matter" in line) ||
      !Array.isArray(line.matter)
    )
      return undefined;
    const matter = line.matter.filter(
      (m): m is SimulatorReady["matter"][number] => typeof m?.pairingCode === "string" && typeof m?.serial === "string",
    );
    return { matter };
  } catch {
    return undefined;
  }
}

/** A UDP port that is free now; the next one is taken to be free as well. */
export function freeUdpPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = createSocket("udp6");
    socket.once("error", reject);
    socket.bind(0, () => {
      const { port } = socket.address();
      socket.close(() => resolve(port));
    });
  });
}

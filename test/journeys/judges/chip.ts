import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { TestCert_PAA_FFF1_Cert, TestCert_PAA_NoVID_Cert } from "@matter/main/protocol";

const environment = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: start this by test/journeys/judges/run.sh`);
  return value;
};

/** Where the judges are installed. */
export const tools = (): string => environment("INGLENOOK_JUDGES");

/** A program in the judges' own network, with a file system of its own at /data. */
export function beyond(program: string, args: readonly string[], log: "ignore" | "pipe" = "ignore"): ChildProcess {
  const own = 'mount -t tmpfs tmpfs /data && exec "$@"';
  return spawn("ip", ["netns", "exec", environment("INGLENOOK_JUDGE_NS"), "sh", "-c", own, "sh", program, ...args], {
    stdio: ["pipe", "pipe", log],
    env: { ...process.env, INGLENOOK_MDNS_INTERFACE: "ingl1" },
  });
}

/** One endpoint as the C++ controller sees it. */
export interface SeenEndpoint {
  readonly endpoint: number;
  readonly types: readonly number[];
  readonly parts: readonly number[];
  readonly clusters: readonly number[];
  readonly label: string | null;
  readonly uniqueId: string | null;
  readonly reachable: boolean | null;
  readonly onOff: boolean | null;
}

/** `[endpoint, cluster, attribute, value]` in numbers of the standard. */
export type Change = readonly [number, number, number, boolean | number | string | null];

type Answer = { readonly id: number; readonly ok: boolean; readonly error?: string } & Readonly<
  Record<string, unknown>
>;

/** The C++ CHIP controller in the judges' network. Each method rejects with the controller's own words. */
export class Chip {
  readonly #child: ChildProcess;
  readonly #storage = mkdtempSync(join(tmpdir(), "inglenook-chip-"));
  readonly #open = new Map<number, (answer: Answer) => void>();
  #last = 0;

  constructor() {
    this.#child = beyond(join(tools(), "venv/bin/python"), [join(import.meta.dirname, "chip_judge.py")]);
    const { stdout } = this.#child;
    if (!stdout) throw new Error("the judge has no output");
    createInterface({ input: stdout }).on("line", (line) => {
      const answer = JSON.parse(line) as Answer;
      this.#open.get(answer.id)?.(answer);
      this.#open.delete(answer.id);
    });
    this.#child.once("exit", (code) => {
      for (const [id, give] of this.#open) give({ id, ok: false, error: `the judge ended with ${code}` });
    });
  }

  static async start(): Promise<Chip> {
    const chip = new Chip();
    const paa = mkdtempSync(join(chip.#storage, "paa-"));
    // The simulated makers' roots, the only ones that this judge trusts.
    writeFileSync(join(paa, "no-vendor.der"), new Uint8Array(TestCert_PAA_NoVID_Cert as Uint8Array));
    writeFileSync(join(paa, "fff1.der"), new Uint8Array(TestCert_PAA_FFF1_Cert as Uint8Array));
    await chip.#ask("start", { storage: join(chip.#storage, "store.json"), paa });
    return chip;
  }

  commission = (code: string, node: number, fabric = 1) =>
    this.#ask<{ ms: number }>("commission", { code, node, fabric });
  structure = (node: number, fabric = 1) =>
    this.#ask<{ ms: number; attributes: number; endpoints: SeenEndpoint[] }>("structure", { node, fabric });
  conformance = (node: number, version: string) =>
    this.#ask<{ gaps: string[]; checked: number; unknown: string[] }>("conformance", { node, version });
  subscribe = (node: number, fabric = 1) => this.#ask<{ ms: number }>("subscribe", { node, fabric });
  forget = (node: number) => this.#ask("forget", { node });
  toggle = (node: number, endpoint: number, on: boolean) =>
    this.#ask<{ ms: number; at: number }>("toggle", { node, endpoint, on });
  onOff = async (node: number, endpoint: number) =>
    (await this.#ask<{ value: boolean }>("onoff", { node, endpoint })).value;
  reconnect = (node: number, seconds: number, fabric = 1) =>
    this.#ask<{ ms: number }>("reconnect", { node, seconds, fabric });
  window = async (node: number) => (await this.#ask<{ code: string }>("window", { node })).code;

  /** When each change was reported, epoch ms; null for one that was not within the time. */
  wait = async (node: number, changes: readonly Change[], seconds: number, fabric = 1) =>
    (await this.#ask<{ at: (number | null)[] }>("wait", { node, changes, seconds, fabric })).at;

  async end(): Promise<void> {
    const gone = new Promise<void>((resolve) => this.#child.once("exit", () => resolve()));
    this.#child.stdin?.end();
    const force = setTimeout(() => this.#child.kill("SIGKILL"), 5000);
    await gone;
    clearTimeout(force);
    rmSync(this.#storage, { recursive: true, force: true });
  }

  #ask<T>(what: string, given: object): Promise<T> {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#open.set(id, (answer) =>
        answer.ok ? resolve(answer as T & Answer) : reject(new Error(`${what}: ${answer.error}`)),
      );
      this.#child.stdin?.write(`${JSON.stringify({ id, do: what, ...given })}\n`);
    });
  }
}

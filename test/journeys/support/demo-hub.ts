import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { NodeView } from "../../../hub/http/schemas.ts";
import type { HubEvent, Job } from "../../../hub/ports.ts";
import { root } from "../../support/sources.ts";

const entry = join(root, "dist", "inglenook.mjs");

export interface DemoHub {
  readonly url: string;
  readonly mqttUrl: string;
  readonly folder: string;
  readonly signIn: string;
  readonly process: ChildProcess;
  readonly output: string[];
  /** Ends the hub as a person would (SIGTERM) or as a power cut does. */
  end(signal?: NodeJS.Signals): Promise<void>;
}

export interface DemoOptions {
  /** With the simulated home; default true. */
  readonly demo?: boolean;
  readonly folder?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A temporary folder that is removed with `remove`. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "inglenook-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Starts the built hub on free ports; with its simulated home as `npm run demo` does, or without as a person's own. */
export async function startDemo(options: DemoOptions = {}): Promise<DemoHub> {
  const folder = options.folder ?? temporaryFolder().path;
  const args = [
    "start",
    ...((options.demo ?? true) ? ["--demo", "--no-fetch-model"] : []),
    "--data",
    folder,
    "--port",
    "0",
    "--mqtt-port",
    "0",
    ...(options.args ?? []),
  ];
  const child = spawn(process.execPath, [entry, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...options.env },
  });
  const output: string[] = [];
  const found = await new Promise<{ url: string; signIn: string; mqttUrl: string }>((resolve, reject) => {
    const seen = { url: "", signIn: "", mqttUrl: "" };
    const take = (line: string) => {
      output.push(line);
      seen.url ||= /Dashboard\s+(\S+)/.exec(line)?.[1] ?? "";
      seen.signIn ||= /Sign in\s+(\S+)/.exec(line)?.[1] ?? "";
      seen.mqttUrl ||= /MQTT broker\s+(\S+)/.exec(line)?.[1] ?? "";
      if (seen.url && seen.mqttUrl) resolve(seen);
    };
    createInterface({ input: child.stdout }).on("line", take);
    createInterface({ input: child.stderr }).on("line", (line) => output.push(line));
    child.once("exit", (code) => reject(new Error(`the hub ended with ${code}:\n${output.join("\n")}`)));
  });
  const end = (signal: NodeJS.Signals = "SIGTERM") =>
    new Promise<void>((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once("exit", () => resolve());
      child.kill(signal);
    });
  return { ...found, folder, process: child, output, end };
}

/** A signed-in client of the API. */
export class Client {
  readonly url: string;
  private cookie = "";

  constructor(url: string) {
    this.url = url;
  }

  /** Makes the first account by the one-time link. */
  static async first(hub: DemoHub, name = "anna", password = "a long enough password"): Promise<Client> {
    const client = new Client(hub.url);
    const token = hub.signIn.split("/").at(-1) ?? "";
    await client.call("POST", "/api/accounts", { token, name, password });
    return client;
  }

  static async signedIn(hub: DemoHub, name = "anna", password = "a long enough password"): Promise<Client> {
    const client = new Client(hub.url);
    await client.call("POST", "/api/session", { name, password });
    return client;
  }

  get headers(): Record<string, string> {
    return { cookie: this.cookie };
  }

  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await this.raw(method, path, body);
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} gave ${response.status}: ${text}`);
    return (text === "" ? undefined : JSON.parse(text)) as T;
  }

  async raw(method: string, path: string, body?: unknown): Promise<Response> {
    const headers: Record<string, string> = { ...this.headers };
    if (body !== undefined) headers["content-type"] = "application/json";
    const response = await fetch(this.url + path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const cookie = response.headers.getSetCookie()[0];
    if (cookie) this.cookie = cookie.split(";")[0] ?? "";
    return response;
  }

  async nodes(): Promise<NodeView[]> {
    return (await this.call<{ nodes: NodeView[] }>("GET", "/api/nodes")).nodes;
  }

  async node(name: string): Promise<NodeView> {
    const node = (await this.nodes()).find((n) => n.name === name);
    if (!node) throw new Error(`no device ${name}`);
    return node;
  }

  /** Calls until the answer is one that counts: within `seconds` on a quiet machine, of which it waits three times as long. */
  async until<T>(what: string, ask: () => Promise<T | undefined | false>, seconds = 60): Promise<T> {
    const end = Date.now() + 3 * seconds * 1000;
    for (;;) {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer;
      if (Date.now() > end) throw new Error(`${what}: not within ${3 * seconds} s`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  async pastDone(seconds = 240): Promise<void> {
    await this.until(
      "the past is filled in",
      async () => {
        const { jobs } = await this.call<{ jobs: Job[] }>("GET", "/api/jobs");
        const past = jobs.find((j) => j.id === "demo-past");
        if (past?.state === "failed") throw new Error(past.detail);
        return past === undefined || past.state === "done";
      },
      seconds,
    );
  }

  /** Server-sent events as they come; close with the returned function. */
  async stream(on: (event: HubEvent) => void): Promise<() => void> {
    const abort = new AbortController();
    const response = await fetch(`${this.url}/api/stream`, { headers: this.headers, signal: abort.signal });
    if (!response.body) throw new Error("no stream");
    const read = async (body: ReadableStream<Uint8Array>) => {
      let text = "";
      const decoder = new TextDecoder();
      const reader = body.getReader();
      for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
        text += decoder.decode(chunk.value, { stream: true });
        const parts = text.split("\n\n");
        text = parts.pop() ?? "";
        for (const part of parts) {
          const data = /^data: ?(.*)$/m.exec(part)?.[1];
          if (data) on(JSON.parse(data) as HubEvent);
        }
      }
    };
    read(response.body).catch(() => {});
    return () => abort.abort();
  }
}

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { beyond, tools } from "./chip.ts";

export interface ForeignBridge {
  readonly code: string;
  stop(): Promise<void>;
}

/** matterbridge with its example devices in the judges' network; resolves when it can be paired. */
export async function startMatterbridge(): Promise<ForeignBridge> {
  const home = mkdtempSync(join(tmpdir(), "inglenook-matterbridge-"));
  const modules = join(tools(), "npm/lib/node_modules");
  const program = join(modules, "matterbridge/bin/matterbridge.js");
  const always = [program, "--homedir", home, "--no-ansi"];
  const add = spawnSync(process.execPath, [...always, "--add", join(modules, "matterbridge-example-dynamic-platform")]);
  if (add.status !== 0) throw new Error(`matterbridge does not take its example: ${add.stdout}`);
  const run = ["--bridge", "--novirtual", "--mdnsinterface", "ingl1", "--frontend", "8283", "--bind", "127.0.0.1"];
  const child = beyond(process.execPath, [...always, ...run]);
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async () => {
    child.kill("SIGTERM");
    const force = setTimeout(() => child.kill("SIGKILL"), 8000);
    await gone;
    clearTimeout(force);
    rmSync(home, { recursive: true, force: true });
  };
  const lines: string[] = [];
  const code = await new Promise<string>((resolve, reject) => {
    child.once("exit", (status) =>
      reject(new Error(`matterbridge ended with ${status}:\n${lines.slice(-20).join("\n")}`)),
    );
    if (!child.stdout) return reject(new Error("matterbridge has no output"));
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (lines.length < 2000) lines.push(line);
      const found = /Matterbridge is uncommissioned.*manual pairing code: (\d{11})/.exec(line)?.[1];
      if (found) resolve(found);
    });
  });
  return { code, stop };
}

import type { Command } from "commander";
import { checks } from "./doctor/checks.ts";

export interface Diagnosis {
  readonly name: string;
  readonly state: "ok" | "warn" | "bad";
  readonly detail: string;
  readonly fix?: string;
}

/** `inglenook doctor`: what this machine and network give the hub, and what to do about what they do not. Exit code 1 when something is bad. */
export function addDoctor(program: Command): void {
  program
    .command("doctor")
    .description("check ports, network, disk, memory and clock")
    .option("--data <dir>", "folder of everything the hub keeps", process.env.INGLENOOK_DATA ?? ".")
    .option("--port <n>", "port of the dashboard", "4477")
    .option("--mqtt-port <n>", "port of the MQTT broker", "1883")
    .option("--json", "print JSON")
    .action(async (options: { data: string; port: string; mqttPort: string; json?: boolean }) => {
      const found: Diagnosis[] = [];
      for (const check of checks)
        found.push(...(await check({ data: options.data, ports: [Number(options.port), Number(options.mqttPort)] })));
      console.log(options.json ? JSON.stringify(found) : found.map(asText).join("\n"));
      if (found.some((d) => d.state === "bad")) process.exitCode = 1;
    });
}

const marks = { ok: "ok  ", warn: "note", bad: "BAD " };

const asText = (d: Diagnosis): string =>
  `${marks[d.state]}  ${d.name.padEnd(14)} ${d.detail}${d.fix ? `\n      ${"".padEnd(14)} Fix: ${d.fix}` : ""}`;

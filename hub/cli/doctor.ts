import type { Command } from "commander";
import { examine, examineDoors } from "../doctor/index.ts";
import type { Diagnosis } from "../ports/doctor.ts";
import { addOptions } from "./options.ts";
import { readSettings } from "./settings.ts";

/**
 * `inglenook doctor`: what this machine and network give the hub that `start` would make of the same settings, and what to do
 * about what they do not give. Exit code 1 when something is bad.
 */
export function addDoctor(program: Command): void {
  const command = program.command("doctor").description("check ports, network, disk, memory and clock");
  addOptions(command, ["demo", "data", "host", "port", "mqttPort", "mqttHost", "config"])
    .option("--json", "print JSON")
    .action(async ({ json }: { json?: boolean }) => {
      const settings = readSettings(command);
      const found = [...(await examineDoors(settings)), ...(await examine(settings))];
      console.log(json ? JSON.stringify(found) : found.map(asText).join("\n"));
      if (found.some((d) => d.state === "bad")) process.exitCode = 1;
    });
}

const marks = { ok: "ok  ", warn: "note", bad: "BAD " };

const asText = (d: Diagnosis): string =>
  `${marks[d.state]}  ${d.name.padEnd(14)} ${d.detail}${d.fix ? `\n      ${"".padEnd(14)} Fix: ${d.fix}` : ""}`;

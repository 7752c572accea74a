import type { Command } from "commander";
import { type RunningHub, startHub } from "../main.ts";
import { addOptions } from "./options.ts";
import { readSettings } from "./settings.ts";
import { version } from "./version.ts";

/** An end in order takes a second or two; a part that hangs must not hold a machine's shutdown longer than this. */
const END_MS = 9000;

/** `inglenook start`: the hub, until it is told to end. */
export function addStart(program: Command): void {
  addOptions(program.command("start").description("start the hub")).action(
    async (_options: unknown, command: Command) => {
      const settings = readSettings(command);
      // Heard from here on: a hub that is told to end while it starts ends in order too.
      const told = toldToEnd();
      const hub = await startHub(settings, version);
      console.log(welcome(hub, settings.demo));
      await told;
      console.log("Ending …");
      await end(hub);
    },
  );
}

async function end(hub: RunningHub): Promise<void> {
  const late = setTimeout(() => {
    console.error("Some part did not end in time and was cut off.");
    process.exit(1);
  }, END_MS);
  await hub.stop();
  clearTimeout(late);
  process.exit(0);
}

function welcome(hub: RunningHub, demo: boolean): string {
  const lines = [
    `Inglenook ${version} is running${demo ? " with a simulated home" : ""}.`,
    `  Dashboard    ${hub.url}`,
  ];
  if (hub.signIn) lines.push(`  Sign in      ${hub.signIn}   (once, within 30 minutes)`);
  if (hub.mqttUrl) lines.push(`  MQTT broker  ${hub.mqttUrl}`);
  lines.push("  End          Ctrl+C");
  return lines.join("\n");
}

/** A second signal of the same kind ends at once, as without the hub's own order. */
const toldToEnd = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve());
  });

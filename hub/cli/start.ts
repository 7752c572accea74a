import type { Command } from "commander";
import { startHub } from "../main.ts";
import { addSettings, readSettings } from "./settings.ts";
import { version } from "./version.ts";

/** `inglenook start`: the hub, until it is told to end. */
export function addStart(program: Command): void {
  addSettings(program.command("start").description("start the hub")).action(
    async (_options: unknown, command: Command) => {
      const settings = readSettings(command);
      const hub = await startHub(settings, version);
      console.log(welcome(hub, settings.demo));
      await ended();
      console.log("Ending …");
      await hub.stop();
      process.exit(0);
    },
  );
}

function welcome(hub: { url: string; signIn: string | undefined; mqttUrl: string }, demo: boolean): string {
  const lines = [
    `Inglenook ${version} is running${demo ? " with a simulated home" : ""}.`,
    `  Dashboard    ${hub.url}`,
  ];
  if (hub.signIn) lines.push(`  Sign in      ${hub.signIn}   (once, within 30 minutes)`);
  lines.push(`  MQTT broker  ${hub.mqttUrl}`, "  End          Ctrl+C");
  return lines.join("\n");
}

const ended = (): Promise<void> =>
  new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });

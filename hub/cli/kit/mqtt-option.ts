import { type Command, Option } from "commander";
import { brokerOf } from "../../main/brokers.ts";
import type { BrokerSettings } from "../../ports.ts";
import { UsageError } from "../usage-error.ts";

/** A broker on this command's line; its name and password may come by environment, as others can read a command line. */
export const mqttOption = (): Option =>
  new Option(
    "--mqtt <url>",
    "the broker: mqtt://, mqtts://, ws:// or wss://host:port [INGLENOOK_MQTT_USER, INGLENOOK_MQTT_PASSWORD]",
  ).makeOptionMandatory();

/** Throws UsageError. */
export function brokerGiven(url: string, env: NodeJS.ProcessEnv = process.env): BrokerSettings {
  try {
    const { INGLENOOK_MQTT_USER: user, INGLENOOK_MQTT_PASSWORD: password } = env;
    return { ...(user ? { username: user } : {}), ...(password ? { password } : {}), ...brokerOf(url) };
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^url: /, "") : "is no address";
    throw new UsageError("bad-broker", `--mqtt ${why}.`, "give the broker's address such as mqtt://localhost:1883");
  }
}

/** Filters of MQTT 3.1.1 (section 4.7): # only as the last part, + only as a whole one. Throws UsageError that names the flag. */
export function filtersGiven(flag: string, given: readonly string[]): readonly string[] {
  for (const filter of given) {
    const parts = filter.split("/");
    const fine = parts.every((p, n) => p === "+" || (p === "#" && n === parts.length - 1) || !/[+#\0]/.test(p));
    if (filter === "" || filter.length > 1024 || !fine)
      throw new UsageError(
        "bad-topic",
        `${flag}: ${filter} is no topic filter.`,
        "write it like 'tele/+/STATE' or 'shellies/#', in quotes",
      );
  }
  return given;
}

/** A number within a range. Throws UsageError that names the flag. */
export function numberGiven(flag: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (text.trim() !== "" && value >= min && value <= max) return value;
  throw new UsageError("bad-number", `${flag}: ${text} is no number from ${min} to ${max}.`, "give such a number");
}

/** Aborted by Ctrl-C or by whoever ends the process; a second Ctrl-C ends it at once. */
export function untilTold(): AbortSignal {
  const told = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => told.abort());
  return told.signal;
}

/** Adds commands that may be given more than once. */
export const several = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];

/** Progress on one line of a terminal; elsewhere nothing, so that logs stay short. */
export function progress(text: string, end = false): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${text}\u001b[K${end ? "\n" : ""}`);
}

/** A command with the option that all of these have. */
export const withBroker = (command: Command): Command => command.addOption(mqttOption());

import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { type Command, Option } from "commander";
import { z } from "zod";
import { UsageError } from "./usage-error.ts";

const port = z.coerce.number().int().min(0).max(65535);

/** What `start` may be told; by flag, else by environment, else in the configuration file. */
const schema = z.strictObject({
  demo: z.boolean().default(false),
  data: z.string().min(1).optional(),
  host: z.string().min(1).optional(),
  port: port.default(4477),
  mqttPort: port.optional(),
  mqttHost: z.string().min(1).default("127.0.0.1"),
  mqttUser: z.string().min(1).optional(),
  mqttPassword: z.string().min(8).optional(),
  matter: z.boolean().default(true),
  models: z.string().min(1).optional(),
  fetchModel: z.boolean().default(true),
  speed: z.coerce.number().min(1).max(1000).default(1),
  days: z.coerce.number().int().min(1).max(400).default(60),
  seed: z.coerce.number().int().min(0).max(2_147_483_647).default(1),
});

export type Settings = z.output<typeof schema> & {
  readonly data: string;
  readonly host: string;
  readonly mqttPort: number;
};

/** The options of `start`, with their environment variables. */
export function addSettings(command: Command): Command {
  return command
    .addOption(new Option("--demo", "run with a simulated home").env("INGLENOOK_DEMO"))
    .addOption(new Option("--data <dir>", "folder of everything the hub keeps").env("INGLENOOK_DATA"))
    .addOption(new Option("--host <address>", "address the dashboard listens on").env("INGLENOOK_HOST"))
    .addOption(new Option("--port <n>", "port of the dashboard (default 4477)").env("INGLENOOK_PORT"))
    .addOption(
      new Option("--mqtt-port <n>", "port of the MQTT broker (default 1883; demo 18830)").env("INGLENOOK_MQTT_PORT"),
    )
    .addOption(
      new Option("--mqtt-host <address>", "address the broker listens on (default 127.0.0.1)").env(
        "INGLENOOK_MQTT_HOST",
      ),
    )
    .addOption(new Option("--mqtt-user <name>", "name that devices give the broker").env("INGLENOOK_MQTT_USER"))
    .addOption(
      new Option("--mqtt-password <word>", "password that devices give the broker").env("INGLENOOK_MQTT_PASSWORD"),
    )
    .addOption(new Option("--no-matter", "without Matter"))
    .addOption(new Option("--models <dir>", "folder with model files").env("INGLENOOK_MODELS"))
    .addOption(new Option("--no-fetch-model", "demo: do not fetch a model"))
    .addOption(new Option("--speed <k>", "demo: time runs k times faster").env("INGLENOOK_SPEED"))
    .addOption(new Option("--days <n>", "demo: days of past (default 60)"))
    .addOption(new Option("--seed <n>", "demo: number that makes the home"))
    .addOption(new Option("--config <file>", "JSON file with these settings").env("INGLENOOK_CONFIG"));
}

/** Flags win over environment, environment over file. Throws UsageError that names the setting and the fix. */
export function readSettings(command: Command): Settings {
  const given = Object.fromEntries(
    Object.entries(command.opts()).filter(([key]) => command.getOptionValueSource(key) !== "default"),
  );
  const { config, ...flags } = given;
  const parsed = schema.safeParse({ ...(typeof config === "string" ? readFile(config) : {}), ...normal(flags) });
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const field = issue?.path.join(".") || "configuration";
    throw new UsageError(
      "bad-setting",
      `${field}: ${issue?.message ?? "is not usable"}`,
      "run `inglenook start --help` for the settings and their ranges",
    );
  }
  const s = parsed.data;
  checkBroker(s);
  const data =
    s.data ??
    (s.demo
      ? join(".data", "demo")
      : join(process.env.XDG_DATA_HOME ?? join(homedir(), ".local", "share"), "inglenook"));
  return {
    ...s,
    data: resolve(data),
    host: s.host ?? (s.demo ? "127.0.0.1" : "0.0.0.0"),
    mqttPort: s.mqttPort ?? (s.demo ? 18830 : 1883),
  };
}

/** Environment variables of switches come as text. */
const normal = (flags: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(flags).map(([k, v]) => [k, v === "1" || v === "true" ? (k === "demo" ? true : v) : v]),
  );

function readFile(path: string): object {
  if (!existsSync(path))
    throw new UsageError(
      "no-config",
      `The configuration file ${path} does not exist.`,
      "check the path given by --config",
    );
  try {
    const value: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  } catch {
    // The same advice holds for unreadable text and for a list.
  }
  throw new UsageError(
    "bad-config",
    `${path} is no JSON object.`,
    'write it like {"port": 4477, "data": "/var/lib/inglenook"}',
  );
}

function checkBroker(s: z.output<typeof schema>): void {
  const loopback = s.mqttHost === "localhost" || s.mqttHost === "::1" || s.mqttHost.startsWith("127.");
  if (loopback || (s.mqttUser && s.mqttPassword)) return;
  throw new UsageError(
    "open-broker",
    "The MQTT broker would be open to the whole network.",
    "give --mqtt-user and --mqtt-password (or INGLENOOK_MQTT_USER and INGLENOOK_MQTT_PASSWORD)",
  );
}

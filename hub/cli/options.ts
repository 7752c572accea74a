import { type Command, Option } from "commander";
import { UsageError } from "./usage-error.ts";

/** One setting of the hub: how it is given on the command line and in the environment. Its name in a file is its key. */
interface Given {
  readonly flags: string;
  readonly env: string;
  readonly help: string;
}

const table = {
  demo: { flags: "--demo", env: "INGLENOOK_DEMO", help: "run with a simulated home" },
  data: { flags: "--data <dir>", env: "INGLENOOK_DATA", help: "folder of everything the hub keeps" },
  host: { flags: "--host <address>", env: "INGLENOOK_HOST", help: "address the dashboard listens on" },
  port: { flags: "--port <n>", env: "INGLENOOK_PORT", help: "port of the dashboard (default 4477)" },
  mqttPort: {
    flags: "--mqtt-port <n>",
    env: "INGLENOOK_MQTT_PORT",
    help: "port of the MQTT broker (default 1883; demo 18830)",
  },
  mqttHost: {
    flags: "--mqtt-host <address>",
    env: "INGLENOOK_MQTT_HOST",
    help: "address the broker listens on (default 127.0.0.1)",
  },
  mqttUser: { flags: "--mqtt-user <name>", env: "INGLENOOK_MQTT_USER", help: "name that devices give the broker" },
  mqttPassword: {
    flags: "--mqtt-password <word>",
    env: "INGLENOOK_MQTT_PASSWORD",
    help: "password that devices give the broker; better by environment, others can read a command line",
  },
  broker: { flags: "--no-broker", env: "INGLENOOK_BROKER", help: "without the embedded MQTT broker" },
  brokers: {
    flags: "--connect <urls>",
    env: "INGLENOOK_CONNECT",
    help: "other MQTT brokers to listen to, with commas: mqtt://name:password@host:1883; better by environment",
  },
  adapters: {
    flags: "--adapter <path>",
    env: "INGLENOOK_ADAPTERS",
    help: "a maker's adapter: its folder, file or installed package; once for each, or with commas",
  },
  mappings: {
    flags: "--mappings <dir>",
    env: "INGLENOOK_MAPPINGS",
    help: "folder of JSON files that describe devices for MQTT that nothing else reads",
  },
  matter: { flags: "--no-matter", env: "INGLENOOK_MATTER", help: "without Matter" },
  models: { flags: "--models <dir>", env: "INGLENOOK_MODELS", help: "folder with model files" },
  fetchModel: { flags: "--no-fetch-model", env: "INGLENOOK_FETCH_MODEL", help: "demo: do not fetch a model" },
  speed: { flags: "--speed <k>", env: "INGLENOOK_SPEED", help: "demo: time runs k times faster" },
  days: { flags: "--days <n>", env: "INGLENOOK_DAYS", help: "demo: days of past (default 60)" },
  seed: { flags: "--seed <n>", env: "INGLENOOK_SEED", help: "demo: number that makes the home" },
  config: { flags: "--config <file>", env: "INGLENOOK_CONFIG", help: "JSON file with these settings" },
} as const satisfies Readonly<Record<string, Given>>;

export type Key = keyof typeof table;
export const keys = Object.keys(table) as readonly Key[];

const switches: ReadonlySet<Key> = new Set(["demo", "broker", "matter", "fetchModel"]);
const numbers: ReadonlySet<Key> = new Set(["port", "mqttPort", "speed", "days", "seed"]);

/** A value with the name under which it was given, for messages. */
export interface Found {
  readonly value: unknown;
  readonly from: string;
}

/** Adds these settings to a command, each with its environment variable in the help. */
export function addOptions(command: Command, wanted: readonly Key[] = keys): Command {
  for (const key of wanted) {
    const { flags, env, help } = table[key];
    const option = new Option(flags, `${help} [${env}]`);
    if (key === "adapters") option.argParser(oneMore);
    command.addOption(option);
  }
  return command;
}

/** An option that may be given more than once. */
const oneMore = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];

/** What was given by flag, else by environment. An empty variable counts as not set. Throws UsageError. */
export function optionsOf(command: Command, env: NodeJS.ProcessEnv = process.env): Map<Key, Found> {
  const found = new Map<Key, Found>();
  for (const key of keys) {
    const { flags, env: variable } = table[key];
    const text = env[variable];
    const name = new Option(flags).attributeName();
    if (command.getOptionValueSource(name) === "cli")
      found.set(key, { value: typed(key, command.getOptionValue(name)), from: flags.split(" ")[0] ?? key });
    else if (text) found.set(key, { value: fromEnvironment(key, text, variable), from: variable });
  }
  return found;
}

const fromEnvironment = (key: Key, text: string, variable: string): unknown =>
  switches.has(key) ? toSwitch(text, variable) : typed(key, text);

/** A number that is none stays text, for the schema to refuse in words. */
const typed = (key: Key, value: unknown): unknown =>
  numbers.has(key) && typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;

function toSwitch(text: string, variable: string): boolean {
  if (/^(1|true|yes|on)$/i.test(text)) return true;
  if (/^(0|false|no|off)$/i.test(text)) return false;
  throw new UsageError(
    "bad-setting",
    `${variable} is neither on nor off.`,
    `set ${variable} to 1 or 0, or leave it out`,
  );
}

import { join, resolve } from "node:path";
import type { Command } from "commander";
import { z } from "zod";
import { brokerOf } from "../main/brokers.ts";
import { sharedFolder } from "../main/folders.ts";
import { readConfigFile } from "./config-file.ts";
import { type Found, keys, optionsOf } from "./options.ts";
import { UsageError } from "./usage-error.ts";

function whole(min: number, max: number) {
  const error = `must be a whole number from ${min} to ${max}`;
  return z.number({ error }).int({ error }).min(min, { error }).max(max, { error });
}

function text(min = 1) {
  const error = min === 1 ? "must be a text that is not empty" : `must have at least ${min} characters`;
  return z.string({ error }).min(min, { error });
}

const flag = z.boolean({ error: "must be true or false" });
const port = whole(0, 65_535);
const speedError = "must be a number from 1 to 1000";

/** Addresses of brokers: a list in a file, one text with commas elsewhere. */
const addresses = z
  .union([z.array(z.string()), z.string().transform((all) => all.split(",").map((one) => one.trim()))], {
    error: "must be addresses of brokers such as mqtt://192.168.1.20:1883",
  })
  .superRefine((all, context) => {
    for (const one of all) {
      try {
        brokerOf(one);
      } catch (error) {
        // The address may carry a password: only what is wrong with it is told.
        context.addIssue({ code: "custom", message: error instanceof Error ? error.message : "is not usable" });
      }
    }
  });

/** Adapters: a list in a file or by several flags, one text with commas in the environment. */
const names = z
  .union([z.array(text()), text()], { error: "must be folders, files or package names of adapters" })
  .transform((given) => (typeof given === "string" ? [given] : given).flatMap((one) => one.split(",")))
  .transform((all) => all.map((one) => one.trim()).filter((one) => one !== ""));

/** What `start` may be told; by flag, else by environment, else in the configuration file. */
const schema = z.strictObject({
  demo: flag.default(false),
  data: text().optional(),
  host: text().optional(),
  port: port.default(4477),
  mqttPort: port.optional(),
  mqttHost: text().default("127.0.0.1"),
  mqttUser: text().optional(),
  mqttPassword: text(8).optional(),
  broker: flag.default(true),
  brokers: addresses.default([]),
  adapters: names.default([]),
  mappings: text().optional(),
  matter: flag.default(true),
  models: text().optional(),
  fetchModel: flag.default(true),
  speed: z.number({ error: speedError }).min(1, { error: speedError }).max(1000, { error: speedError }).default(1),
  days: whole(1, 400).default(60),
  seed: whole(0, 2_147_483_647).default(1),
});

export type Settings = z.output<typeof schema> & {
  readonly data: string;
  readonly host: string;
  readonly mqttPort: number;
};

/** Flags win over environment, environment over file. Throws UsageError that names the setting and the fix. */
export function readSettings(command: Command): Settings {
  const found = new Map<string, Found>(optionsOf(command));
  const config = found.get("config")?.value;
  found.delete("config");
  if (typeof config === "string")
    for (const [key, value] of Object.entries(readConfigFile(config)))
      if (!found.has(key)) found.set(key, { value, from: `${key} in ${config}` });
  const parsed = schema.safeParse(Object.fromEntries(Array.from(found, ([key, { value }]) => [key, value])));
  if (!parsed.success) throw badSetting(parsed.error, found);
  return complete(parsed.data);
}

function badSetting(error: z.ZodError, found: ReadonlyMap<string, Found>): UsageError {
  const issue = error.issues[0];
  if (issue?.code === "unrecognized_keys") {
    const name = issue.keys[0] ?? "";
    const names = keys.filter((key) => key !== "config").join(", ");
    return new UsageError(
      "bad-setting",
      `${found.get(name)?.from ?? name}: there is no such setting.`,
      `use one of ${names}`,
    );
  }
  const key = String(issue?.path[0] ?? "");
  return new UsageError(
    "bad-setting",
    `${found.get(key)?.from ?? key} ${issue?.message ?? "is not usable"}.`,
    "run `inglenook start --help` for the settings",
  );
}

function complete(s: z.output<typeof schema>): Settings {
  const data = s.data ?? (s.demo ? join(".data", "demo") : sharedFolder());
  const host = s.host ?? (s.demo ? "127.0.0.1" : "0.0.0.0");
  const mqttPort = s.mqttPort ?? (s.demo ? 18830 : 1883);
  checkBroker(s);
  if (s.demo && !s.broker)
    throw new UsageError(
      "no-broker",
      "The simulated home speaks through the embedded broker.",
      "leave out --no-broker",
    );
  if (s.port === mqttPort && s.port !== 0)
    throw new UsageError(
      "one-port",
      `The dashboard and the MQTT broker can't both listen on port ${s.port}.`,
      "choose another one with --port or --mqtt-port",
    );
  return { ...s, data: resolve(data), host, mqttPort };
}

function checkBroker(s: z.output<typeof schema>): void {
  const loopback = s.mqttHost === "localhost" || s.mqttHost === "::1" || s.mqttHost.startsWith("127.");
  if (loopback || (s.mqttUser && s.mqttPassword)) return;
  throw new UsageError(
    "open-broker",
    "The MQTT broker would be open to the whole network.",
    "give a name and a password by INGLENOOK_MQTT_USER and INGLENOOK_MQTT_PASSWORD (or --mqtt-user, --mqtt-password)",
  );
}

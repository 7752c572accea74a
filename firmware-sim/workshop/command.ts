import { readFileSync } from "node:fs";
import { type Command, InvalidArgumentError } from "commander";
import { LineOutlet } from "../wire/past.ts";
import { example } from "./example.ts";
import { type Fault, faultKinds, parseFault } from "./faults.ts";
import { type Home, readHome } from "./home.ts";
import { everyMaker } from "./makers.ts";
import { unfit } from "./matter/home.ts";
import { matter } from "./matter/index.ts";
import { printHome, type RunOptions, runHome } from "./run.ts";

interface Options {
  readonly mqtt?: string;
  readonly list?: boolean;
  readonly example?: boolean;
  readonly fault: readonly string[];
  readonly speed: number;
  readonly seed?: number;
  readonly since?: number;
  readonly print?: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly matterStorage?: string;
  readonly matterPort: number;
}

const number =
  (min: number, max: number, whole = true) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() === "" || !(value >= min && value <= max) || (whole && !Number.isInteger(value)))
      throw new InvalidArgumentError(`Give a ${whole ? "whole " : ""}number from ${min} to ${max}.`);
    return value;
  };

function moment(text: string): number {
  const at = Date.parse(text);
  if (!/^\d{4}-\d{2}-\d{2}T/.test(text) || Number.isNaN(at))
    throw new InvalidArgumentError("Give a moment such as 2026-01-31T00:00:00Z.");
  return at;
}

const several = (text: string, before: readonly string[]): readonly string[] => [...before, text];

/** `sim HOME.json`: simulated devices for makers and tests, on any broker, without a hub. */
export function addSim(program: Command): void {
  const sim = program
    .command("sim [home]")
    .description("simulated devices on a broker; HOME is a JSON file, begin with --example")
    .option("--mqtt <url>", "the broker, mqtt:// or mqtts://host:port; beats the file's")
    .option(
      "--fault <name:kind[@s]>",
      "let something go wrong with a device, s seconds from now; may be given again",
      several,
      [],
    )
    .option("--speed <k>", "times faster than real time", number(0.1, 3600, false), 1)
    .option("--seed <n>", "the same number, the same values; beats the file's", number(0, 2 ** 31))
    .option("--since <moment>", "what the devices' clocks show at the start; else now", moment)
    .option(
      "--print <seconds>",
      "print what they would say in that time as JSON lines, without a broker",
      number(0, 31_536_000, false),
    )
    .option("--json", "print messages as JSON lines")
    .option("--quiet", "print no messages")
    .option("--matter-storage <dir>", "where Matter devices keep their fabrics; else HOME.matter beside the file")
    .option("--matter-port <port>", "UDP port of the first Matter device; 0: any", number(0, 65_000), 5550)
    .option("--list", "print every kind of device and of fault")
    .option("--example", "print a home file with one of each")
    .addHelpText(
      "after",
      "\nName and password of the broker: in the URL, or INGLENOOK_MQTT_USER and INGLENOOK_MQTT_PASSWORD.",
    );
  // Makers know it as a word of the hub's command line, which only passes it on.
  sim.configureHelp({ commandUsage: () => "inglenook sim [options] [home]" });
  sim.action(async (file: string | undefined, options: Options) => {
    if (options.list) return void process.stdout.write(list());
    if (options.example) return void process.stdout.write(example());
    const fail = (message: string): never => sim.error(`error: ${message}`);
    if (file === undefined)
      return fail(
        "give a home file: `inglenook sim HOME.json`\n  Fix: make one with `inglenook sim --example > HOME.json`",
      );
    const home = load(file, options.seed, fail);
    const faults = options.fault.map((text): Fault => {
      const fault = parseFault(text, home.names);
      return typeof fault === "string" ? fail(fault) : fault;
    });
    const wrong = unfit(home, faults);
    if (wrong.length > 0) return fail(wrong.join("\n"));
    const began = options.since ?? Date.now();
    if (options.print === undefined)
      return live(home, faults, began, { ...options, matterStorage: options.matterStorage ?? `${file}.matter` }, fail);
    const out = new LineOutlet(process.stdout);
    for (const said of printHome(home, { faults, began, seconds: options.print })) {
      out.add(said);
      await out.breathe();
    }
    await out.flush();
  });
}

function load(file: string, seed: number | undefined, fail: (message: string) => never): Home {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const why =
      error instanceof Error && "code" in error && error.code === "ENOENT" ? "there is no such file" : String(error);
    return fail(`${file}: ${why}\n  Fix: make one with \`inglenook sim --example > ${file}\``);
  }
  const home = readHome(text, seed);
  if (!("orders" in home))
    return fail(home.map(({ field, message, fix }) => `${file}: ${field}: ${message}\n  Fix: ${fix}`).join("\n"));
  return home;
}

function list(): string {
  const kinds = everyMaker.flatMap(({ name, kinds }) =>
    kinds.map((kind) => {
      const options = Object.keys(Object(kind.options.parse({}))).join(", ");
      return `${`${name}/${kind.name}`.padEnd(30)} ${kind.about}${options ? ` [${options}]` : ""}\n`;
    }),
  );
  const faults = Object.entries(faultKinds).map(([name, { about }]) => `${name.padEnd(30)} ${about}\n`);
  return `Devices (in brackets: their options)\n${kinds.join("")}\nFaults\n${faults.join("")}`;
}

function live(
  home: Home,
  faults: readonly Fault[],
  began: number,
  options: Options,
  fail: (message: string) => never,
): void {
  const url = options.mqtt ?? home.broker ?? "mqtt://localhost:1883";
  if (!/^(mqtts?|tcp|tls|wss?):\/\/[^/\s]+/.test(url))
    fail(`the broker ${withoutSecrets(url)} is no address\n  Fix: give one such as mqtt://localhost:1883`);
  const tell = (kind: string, topic: string, payload: string, more: object): void => {
    if (options.quiet) return;
    if (options.json) return void process.stdout.write(`${JSON.stringify({ kind, topic, payload, ...more })}\n`);
    const short = payload.length > 160 ? `${payload.slice(0, 160)}… (${payload.length} characters)` : payload;
    process.stdout.write(`${kind === "said" ? "→" : "←"} ${topic} ${short}\n`);
  };
  const running = runHome(home, {
    url,
    user: process.env.INGLENOOK_MQTT_USER,
    password: process.env.INGLENOOK_MQTT_PASSWORD,
    faults,
    speed: options.speed,
    began,
    onSaid: ({ topic, payload, retain, qos, from }) => tell("said", topic, payload, { retain, qos, from }),
    onHeard: (topic, payload, by) => tell("heard", topic, payload, { by }),
    onError: (message) => process.stderr.write(`${message}\n`),
    matter: matterOf(options),
  });
  const speaksMqtt = home.orders.some(({ maker }) => maker !== matter);
  process.stderr.write(
    `${home.names.length} devices${speaksMqtt ? ` on ${withoutSecrets(url)}` : ""}, seed ${home.seed}, speed ${options.speed}. Ctrl-C ends.\n`,
  );
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    running.end().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on("SIGINT", end).on("SIGTERM", end);
  // Whoever started it has gone.
  process.once("disconnect", end);
}

/** Where Matter devices live, and what is shown of them: their codes to pair with, and what changes on them. */
function matterOf({ matterStorage = "sim.matter", matterPort, json, quiet }: Options): RunOptions["matter"] {
  const show = (line: object, text: string): void => {
    process.stdout.write(json ? `${JSON.stringify(line)}\n` : `${text}\n`);
  };
  return {
    storage: matterStorage,
    port: matterPort,
    onOnline: (device) =>
      show(
        { ...device, kind: "online", product: device.kind },
        `${device.name}: pairing code ${device.manualPairingCode}, QR ${device.qrPairingCode}, UDP port ${device.port}`,
      ),
    onState: (name, state) => {
      if (!quiet) show({ kind: "state", name, state }, `→ ${name} ${JSON.stringify(state)}`);
    },
  };
}

/** A broker's address without name and password, for people and logs. */
function withoutSecrets(url: string): string {
  return url.replace(/\/\/[^/]*@/, "//");
}

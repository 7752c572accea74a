import { parseArgs } from "node:util";
import { hash } from "../../random.ts";
import type { NodeOptions } from "./node.ts";
import { type MatterKind, matterKinds } from "./sheets.ts";
import { updateOptions } from "./update.ts";

const mostDevices = 200;
const text = { type: "string" } as const;
const known = {
  kind: text,
  name: text,
  serial: text,
  port: text,
  storage: text,
  passcode: text,
  discriminator: text,
  seed: text,
  speed: text,
  since: text,
  options: text,
  count: text,
  updates: text,
};

/** The passcodes that the specification forbids (Matter Core Specification 5.1.7). */
const forbidden = new Set([
  0, 11_111_111, 22_222_222, 33_333_333, 44_444_444, 55_555_555, 66_666_666, 77_777_777, 88_888_888, 99_999_999,
  12_345_678, 87_654_321,
]);

/**
 * The devices that a process is started for. `--count` makes several in one process, for measuring: serials, passcodes,
 * discriminators and ports differ, and kinds given as `a,b` take turns. Throws a RangeError that names the option.
 */
export function readOptions(argv: readonly string[]): NodeOptions[] {
  const { values } = parseArgs({ args: [...argv], options: known });
  const number = (field: keyof typeof known, max: number, usual?: number, min = 0): number => {
    const value = values[field] === undefined ? usual : Number(values[field]);
    if (value === undefined || !(value >= min && value <= max))
      throw new RangeError(`--${field} must be ${min} to ${max}`);
    return value;
  };
  const whole = (...asked: Parameters<typeof number>): number => {
    const value = number(...asked);
    if (!Number.isInteger(value)) throw new RangeError(`--${asked[0]} must be a whole number`);
    return value;
  };
  const kinds = (values.kind ?? "").split(",").map(kindOf);
  const { name, serial, storage } = values;
  if (!name || !serial || !storage) throw new RangeError("--name, --serial and --storage are needed");
  const count = whole("count", mostDevices, 1, 1);
  const port = whole("port", 65_535);
  const passcode = whole("passcode", 99_999_998);
  const discriminator = whole("discriminator", 4095);
  const seed = values.seed === undefined ? undefined : whole("seed", 2 ** 31);
  const shared = {
    storage,
    speed: number("speed", 3600, 1),
    since: values.since === undefined ? undefined : number("since", Number.MAX_SAFE_INTEGER),
    options: optionsOf(values.options, "options"),
    updates: values.updates === undefined ? undefined : updateOptions.parse(optionsOf(values.updates, "updates")),
  };
  return Array.from({ length: count }, (_, i) => {
    const suffix = i === 0 ? "" : `-${i}`;
    return {
      ...shared,
      kind: kinds[i % kinds.length] ?? kindOf(undefined),
      name: `${name.slice(0, 32 - suffix.length)}${suffix}`,
      serial: `${serial.slice(0, 32 - suffix.length)}${suffix}`,
      port: port === 0 ? 0 : port + i,
      passcode: passcodeOf(passcode + i),
      // A manual code holds only the four upper bits: each device differs in these (Core specification, 5.1.1.5).
      discriminator: (discriminator + 257 * i) % 4096,
      seed: seed === undefined ? undefined : i === 0 ? seed : hash(seed, 11, i),
    };
  });
}

function kindOf(word: string | undefined): MatterKind {
  const kind = matterKinds.find((one) => one === word);
  if (!kind) throw new RangeError(`--kind must be one of ${matterKinds.join(", ")}`);
  return kind;
}

function optionsOf(json: string | undefined, field: string): unknown {
  if (json === undefined) return {};
  try {
    return JSON.parse(json);
  } catch {
    throw new RangeError(`--${field} must be JSON`);
  }
}

/** A passcode that the specification allows, at or after `wanted`. */
function passcodeOf(wanted: number): number {
  const passcode = wanted % 99_999_999;
  return forbidden.has(passcode) ? passcodeOf(passcode + 1) : passcode;
}

/** The home file: what a maker writes to have devices on a broker. README.md describes it in words. */
import { z } from "zod";
import { stream } from "../random.ts";
import { type Fault, fault, faultNames } from "./faults.ts";
import type { Maker, Ordered } from "./kind.ts";
import { everyMaker } from "./makers.ts";

const mostDevices = 500;

const name = z
  .string()
  .trim()
  .min(1)
  .max(64)
  // Control characters, and what MQTT keeps for itself.
  .regex(/^[^\p{Cc}+#]*$/u, "holds + or # or a control character")
  .describe("a name of 1 to 64 characters without + and #, such as Desk plug");

const seconds = z.number().min(0).max(86_400);

const schema = z.strictObject({
  broker: z.string().optional().describe("the broker's address, such as mqtt://localhost:1883"),
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31)
    .optional()
    .describe("a whole number from 0; the same number, the same values"),
  devices: z
    .array(
      z.strictObject({
        kind: z.string().describe("a kind from `inglenook sim --list`, such as tasmota/plug"),
        name,
        id: z.string().optional().describe("the device's own address as its maker writes it, or leave it out"),
        options: z.record(z.string(), z.unknown()).optional().describe('an object, such as { "watts": 60 }'),
      }),
    )
    .min(1)
    .max(mostDevices)
    .describe(`a list of 1 to ${mostDevices} devices, such as [{ "kind": "tasmota/plug", "name": "Desk plug" }]`),
  faults: z
    .array(
      z.strictObject({
        device: z.string().describe("the name of a device in this file"),
        kind: z.enum(faultNames).describe(`one of ${faultNames.join(", ")}`),
        after: seconds.optional().describe("seconds until it begins, 0 to 86400"),
        every: seconds.min(1).optional().describe("seconds between two times, 1 to 86400"),
        share: z.number().gt(0).max(1).optional().describe("the share of messages that it touches, above 0 to 1"),
      }),
    )
    .max(200)
    .optional()
    .describe('a list of faults, such as [{ "device": "Desk plug", "kind": "reboot" }]'),
});

export interface Home {
  readonly broker: string | undefined;
  readonly seed: number;
  readonly names: readonly string[];
  readonly orders: readonly { readonly maker: Maker; readonly ordered: readonly Ordered[] }[];
  readonly faults: readonly Fault[];
}

/** What is wrong with one field. */
export interface Wrong {
  readonly field: string;
  readonly message: string;
  readonly fix: string;
}

const mostWrong = 10;

/** Checks a home file's text. At most ten faults are told at once. `seed` beats the file's own. */
export function readHome(text: string, seed?: number): Home | readonly Wrong[] {
  let body: unknown;
  try {
    body = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    const message = error instanceof Error ? error.message : "it is not JSON";
    return [{ field: "the file", message, fix: "make it JSON; `inglenook sim --example` prints a home that works" }];
  }
  const parsed = schema.safeParse(body);
  if (!parsed.success) return parsed.error.issues.slice(0, mostWrong).map((issue) => inWords(issue, schema, ""));
  const wrongs: Wrong[] = [];
  const home = assemble(parsed.data, seed ?? parsed.data.seed ?? 1, wrongs);
  return wrongs.length > 0 ? wrongs.slice(0, mostWrong) : home;
}

type Written = z.infer<typeof schema>;

interface Order {
  readonly maker: Maker;
  readonly ordered: Ordered[];
}

function assemble(written: Written, seed: number, wrongs: Wrong[]): Home {
  const chance = stream(seed);
  const orders = everyMaker.map((maker): Order => ({ maker, ordered: [] }));
  const known = new Map<string, string>();
  const ids = new Set<string>();
  for (const [i, device] of written.devices.entries()) {
    const field = `devices[${i}]`;
    // Each device draws once, so that a change in one changes no other.
    const own = Math.floor(chance() * 2 ** 31);
    if (known.has(device.name.toLowerCase()))
      wrongs.push({
        field: `${field}.name`,
        message: `"${device.name}" is there twice`,
        fix: "give each a name of its own",
      });
    known.set(device.name.toLowerCase(), device.name);
    order(device, own, orders, ids, field, wrongs);
  }
  const names = [...known.values()];
  const faults = (written.faults ?? []).flatMap((one, i): Fault[] => {
    const device = known.get(one.device.toLowerCase());
    if (device !== undefined) return [fault(device, one.kind, one)];
    wrongs.push({
      field: `faults[${i}].device`,
      message: `there is no device "${one.device}"`,
      fix: `name one of ${names.join(", ")}`,
    });
    return [];
  });
  return { broker: written.broker, seed, names, orders: orders.filter(({ ordered }) => ordered.length > 0), faults };
}

/** Checks one device against its kind and puts it with its maker's others. */
function order(
  device: Written["devices"][number],
  own: number,
  orders: readonly Order[],
  ids: Set<string>,
  field: string,
  wrongs: Wrong[],
): void {
  const [brand = "", product = ""] = device.kind.split("/");
  const at = orders.find(({ maker }) => maker.name === brand);
  const kind = at?.maker.kinds.find((one) => one.name === product);
  if (!at || !kind) {
    wrongs.push(unknownKind(field, device.kind, at?.maker));
    return;
  }
  const id = device.id ?? at.maker.ids.make(own, at.ordered.length);
  if (!at.maker.ids.pattern.test(id)) {
    const fix = `give ${at.maker.ids.words}, or leave it out`;
    wrongs.push({ field: `${field}.id`, message: `"${id}" is no address of ${brand}`, fix });
  }
  if (ids.has(`${brand} ${id.toLowerCase()}`)) {
    const fix = "give each device an address of its own, or leave it out";
    wrongs.push({ field: `${field}.id`, message: `"${id}" is there twice`, fix });
  }
  ids.add(`${brand} ${id.toLowerCase()}`);
  const options = kind.options.safeParse(device.options ?? {});
  if (!options.success)
    wrongs.push(...options.error.issues.map((issue) => inWords(issue, kind.options, `${field}.options`)));
  else at.ordered.push({ kind: product, entry: { name: device.name, id, seed: own }, options: options.data });
}

function unknownKind(field: string, kind: string, maker: Maker | undefined): Wrong {
  const choice = maker
    ? maker.kinds.map((one) => `${maker.name}/${one.name}`)
    : everyMaker.map((one) => `${one.name}/…`);
  const fix = `use one of ${choice.join(", ")}; \`inglenook sim --list\` tells what they are`;
  return { field: `${field}.kind`, message: `there is no kind "${kind}"`, fix };
}

/** One finding of the check with its field as a person writes it, and what the field's description says to give. */
function inWords(issue: z.core.$ZodIssue, from: z.ZodType, above: string): Wrong {
  const field = issue.path.reduce<string>(
    (text, key) => (typeof key === "number" ? `${text}[${key}]` : text === "" ? String(key) : `${text}.${String(key)}`),
    above,
  );
  const at = issue.path.reduce<unknown>(within, from);
  if (issue.code === "unrecognized_keys") {
    const known = at instanceof z.ZodObject ? Object.keys(at.shape) : [];
    const fix =
      known.length > 0 ? `remove it, or use one of ${known.join(", ")}` : "remove it; this kind has no options";
    const unknown = issue.keys.map((key) => (field === "" ? key : `${field}.${key}`)).join(", ");
    return { field: unknown, message: "there is no such field", fix };
  }
  const about = at instanceof z.ZodType ? at.description : undefined;
  const fix = about === undefined ? "see `inglenook sim --example`" : `give ${about}`;
  return { field: field === "" ? "the file" : field, message: issue.message, fix };
}

/** The schema of one field of a schema. */
function within(at: unknown, key: PropertyKey): unknown {
  const bare = at instanceof z.ZodOptional || at instanceof z.ZodDefault ? at.unwrap() : at;
  if (bare instanceof z.ZodObject) return Object.hasOwn(bare.shape, key) ? bare.shape[String(key)] : undefined;
  return bare instanceof z.ZodArray ? bare.element : undefined;
}

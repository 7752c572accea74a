/** How commands look on the wire, learned by asking the dialects to write them: the way back from a message to its meaning. */
import { capabilities, VENDOR } from "../../../hub/model/capabilities/index.ts";
import type { Value, ValueType } from "../../../hub/model/capability.ts";
import type { EndpointDescription } from "../../../hub/model/node.ts";
import { pathKey } from "../../../hub/model/path.ts";
import { type Leaf, type Leaves, leavesOf, numberIn } from "./leaves.ts";
import { READER_ID, type Reader } from "./reader.ts";

/** A number's place in a message: two samples of house value and the maker's raw number. */
interface Slot {
  readonly arg: string;
  readonly low: readonly [house: number, raw: number];
  readonly high: readonly [house: number, raw: number];
}

export interface Form {
  readonly node: string;
  readonly endpoint: number;
  readonly capability: string;
  readonly command: string;
  readonly topic: string;
  readonly args: Readonly<Record<string, Value>>;
  readonly fixed: Leaves;
  readonly slots: ReadonlyMap<string, Slot>;
}

/** What a message wants of a device: paths and their values. */
export interface Wish {
  readonly form: Form;
  readonly wants: readonly { readonly key: string; readonly value: Value; readonly raw: readonly Leaf[] }[];
}

const MAX_FORMS = 4000;
const MAX_WORDS = 32;
const SAMPLE_TEXT = "kit sample text";

type Args = Readonly<Record<string, Value>>;
type Arg = readonly [name: string, type: ValueType];

interface Target {
  readonly node: string;
  readonly endpoint: EndpointDescription;
  readonly capability: string;
  readonly command: string;
}

const lowOf = (min: number, max: number): number => {
  const low = min + (max - min) / 10;
  return max - min >= 10 ? Math.ceil(low) : low;
};

/** Narrower ranges of the device come before the house's. */
function rangesFor(
  type: ValueType & { type: "number" },
  { endpoint, capability }: Target,
): readonly (readonly [number, number])[] {
  const own = Object.values(endpoint.capabilities[capability]?.attributes ?? {}).flatMap((a): [number, number][] =>
    a.type?.type === "number" && a.type.unit === type.unit ? [[a.type.min, a.type.max]] : [],
  );
  // Zero often has words of its own, such as "off".
  return [...own, [type.min, type.max] as const].map(([min, max]) => [lowOf(min, max), max] as const);
}

/** Every set of arguments worth writing: all words, and numbers by their ends. */
function samples(args: readonly Arg[], target: Target): readonly { readonly low: Args; readonly high: Args }[] {
  let sets: { low: Record<string, Value>; high: Record<string, Value> }[] = [{ low: {}, high: {} }];
  for (const [name, type] of args) {
    const choices: readonly (readonly [Value, Value])[] =
      type.type === "number"
        ? rangesFor(type, target)
        : type.type === "boolean"
          ? [
              [true, true],
              [false, false],
            ]
          : type.type === "enum"
            ? type.values.slice(0, MAX_WORDS).map((v) => [v, v] as const)
            : [[SAMPLE_TEXT, SAMPLE_TEXT]];
    sets = sets.flatMap(({ low, high }) =>
      choices.map(([a, b]) => ({ low: { ...low, [name]: a }, high: { ...high, [name]: b } })),
    );
    if (sets.length > MAX_FORMS) return [];
  }
  return sets;
}

const isOurs = (leaf: Leaf): boolean => typeof leaf === "string" && leaf.includes(READER_ID);

/** The forms of one command with one set of arguments; it may be several messages. */
function formsFor(reader: Reader, target: Target, low: Args, high: Args): readonly Form[] {
  const { node, endpoint, capability, command } = target;
  const write = (args: Args) => reader.wire({ target: { node, endpoint: endpoint.number }, capability, command, args });
  const first = write(low);
  const again = write(low);
  const varied = Object.keys(low).flatMap((arg) => {
    const [a, b] = [low[arg], high[arg]];
    return typeof a === "number" && typeof b === "number" && a !== b
      ? [{ arg, a, b, wire: write({ ...low, [arg]: b }) }]
      : [];
  });
  if (varied.some(({ wire }) => wire.length !== first.length)) return [];
  return first.flatMap(({ topic, payload }, n): Form[] => {
    const [base, twice] = [leavesOf(payload), leavesOf(again[n]?.payload ?? "")];
    const fixed = new Map<string, Leaf>();
    const slots = new Map<string, Slot>();
    for (const [path, leaf] of base) {
      // A number that counts requests, or the hub's own name, is not the command's.
      if (twice.get(path) !== leaf || isOurs(leaf)) continue;
      const by = varied.find(({ wire }) => leavesOf(wire[n]?.payload ?? "").get(path) !== leaf);
      const [rawLow, rawHigh] = [numberIn(leaf), by && numberIn(leavesOf(by.wire[n]?.payload ?? "").get(path))];
      if (!by) fixed.set(path, leaf);
      else if (rawLow !== undefined && rawHigh !== undefined)
        slots.set(path, { arg: by.arg, low: [by.a, rawLow], high: [by.b, rawHigh] });
      else return [];
    }
    return [{ node, endpoint: endpoint.number, capability, command, topic, args: low, fixed, slots }];
  });
}

function argsOf({ endpoint, capability, command }: Target): readonly (readonly Arg[])[] {
  const spec = capability === VENDOR ? undefined : capabilities[capability];
  if (command !== "set") {
    const args = Object.entries(spec?.commands[command]?.args ?? {});
    return [args.filter(([, type]) => !type.optional)];
  }
  return Object.entries(endpoint.capabilities[capability]?.attributes ?? {}).flatMap(([name, own]): Arg[][] => {
    const type = own.type ?? spec?.attributes[name];
    return own.writable && type ? [[[name, type]]] : [];
  });
}

/** All commands of all devices; at most 4,000 forms, the rest is left to the recording's own echoes. */
export function formsOf(reader: Reader): readonly Form[] {
  const forms: Form[] = [];
  for (const node of reader.nodes.values())
    for (const endpoint of node.endpoints)
      for (const [capability, { commands }] of Object.entries(endpoint.capabilities))
        for (const command of Object.keys(commands)) {
          const target = { node: node.id, endpoint, capability, command };
          for (const args of argsOf(target))
            for (const { low, high } of samples(args, target)) {
              if (forms.length >= MAX_FORMS) return forms;
              forms.push(...formsFor(reader, target, low, high));
            }
        }
  return forms;
}

const sameLeaf = (a: Leaf | undefined, b: Leaf): boolean =>
  a === b || (a !== undefined && String(a).toLowerCase() === String(b).toLowerCase());

/** The arguments of a message in a form; undefined when it is another message. */
function argsIn(form: Form, leaves: Leaves): { readonly args: Args; readonly raw: readonly Leaf[] } | undefined {
  const args: Record<string, Value> = { ...form.args };
  const raw: Leaf[] = [];
  for (const [path, leaf] of form.fixed) {
    if (leaf === SAMPLE_TEXT) {
      const text = leaves.get(path);
      if (typeof text !== "string") return undefined;
      for (const name of Object.keys(args)) if (args[name] === SAMPLE_TEXT) args[name] = text;
    } else if (!sameLeaf(leaves.get(path), leaf)) return undefined;
    raw.push(leaves.get(path) ?? leaf);
  }
  for (const [path, { arg, low, high }] of form.slots) {
    const given = numberIn(leaves.get(path));
    if (given === undefined) return undefined;
    const house = low[0] + ((given - low[1]) * (high[0] - low[0])) / (high[1] - low[1] || 1);
    args[arg] = Number(house.toPrecision(10));
    raw.unshift(leaves.get(path) ?? given);
  }
  return { args, raw };
}

function wantsOf(reader: Reader, form: Form, args: Args): Readonly<Record<string, Value>> {
  if (form.command === "set") return args;
  const spec = form.capability === VENDOR ? undefined : capabilities[form.capability]?.commands[form.command];
  const now = (attribute: string): Value | undefined =>
    reader.values.get(pathKey({ node: form.node, endpoint: form.endpoint, capability: form.capability, attribute }))
      ?.value;
  return spec?.wants(args, now) ?? {};
}

/** What a message wants, by every form that it fits; empty for one that nobody's command looks like. */
export function wishesIn(reader: Reader, forms: readonly Form[], topic: string, payload: string): readonly Wish[] {
  const leaves = leavesOf(payload);
  return forms.flatMap((form) => {
    const found = form.topic === topic ? argsIn(form, leaves) : undefined;
    if (!found) return [];
    const wants = Object.entries(wantsOf(reader, form, found.args)).map(([attribute, value]) => ({
      key: pathKey({ node: form.node, endpoint: form.endpoint, capability: form.capability, attribute }),
      value,
      raw: found.raw,
    }));
    return [{ form, wants }];
  });
}

/** A device as a dialect holds it: reads its payloads and makes its commands, by the points of its draft. */

import { capabilities, VENDOR } from "../../hub/model/capabilities/index.ts";
import { misfit, type Value, type ValueType } from "../../hub/model/capability.ts";
import type { Command } from "../../hub/model/command.ts";
import type { Problem } from "../../hub/model/finding.ts";
import type { NodeId } from "../../hub/model/path.ts";
import { units } from "../../hub/model/units.ts";
import { isNothing } from "./codec.ts";
import type { Decoded, DecodedReading } from "./dialect.ts";
import type { Built, Heard, Point } from "./draft.ts";
import { jsonText } from "./json.ts";

/** A Decoded while it is being filled. */
export interface Harvest {
  readonly nodes: Decoded["nodes"][number][];
  readonly gone: NodeId[];
  readonly readings: DecodedReading[];
  readonly reachable: { node: NodeId; reachable: boolean }[];
  readonly problems: Problem[];
  readonly publish: Decoded["publish"][number][];
  more?: () => Decoded;
  canWait?: boolean;
  listens?: boolean;
}

export const harvest = (): Harvest => ({ nodes: [], gone: [], readings: [], reachable: [], problems: [], publish: [] });

/** Where a payload came from and what it is for. */
export interface Place {
  readonly node: NodeId;
  readonly topic: string;
  readonly retained: boolean;
  /** The part of every field that the topic says already; it is left out of the source. */
  readonly under?: string;
}

const shown = (raw: unknown): string => {
  const text = typeof raw === "object" ? "a structure" : `"${String(raw)}"`;
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
};

const sampleOf = (raw: unknown): string =>
  ((typeof raw === "object" ? jsonText(raw) : String(raw)) ?? "").slice(0, 500);

/** What a type takes, in words. */
function rangeWords(type: ValueType): string {
  switch (type.type) {
    case "number":
      return `a number from ${type.min} to ${type.max} ${units[type.unit]}`.trimEnd();
    case "boolean":
      return "true or false";
    case "enum":
      return `one of ${type.values.slice(0, 20).join(", ")}`;
    case "string":
      return `text of at most ${type.maxLength ?? 255} characters`;
  }
}

/** A point's path and source, made once for all its readings; frozen, which tells everyone behind that the path is shared. */
function heardOf<W>(point: Point<W>, { node, topic, under }: Place, field: string): Heard {
  const before = point.heard;
  if (before && before.topic === topic && before.node === node && before.under === under) return before;
  const { endpoint, capability, attribute } = point;
  const below = under && field.startsWith(under) ? field.slice(under.length) : field;
  const path = Object.freeze({ node, endpoint, capability, attribute });
  point.heard = { node, topic, under, path, source: `${topic}#${below}` };
  return point.heard;
}

/**
 * Reads one field of a payload into readings. Null and empty are no value; what is not understood or outside its range
 * is a problem and leaves that one attribute unknown. Returns false for a field that the device never described.
 */
export function readField<W>(built: Built<W>, place: Place, field: string, raw: unknown, into: Harvest): boolean {
  const points = built.fields.get(field);
  if (!points) return false;
  if (isNothing(raw)) return true;
  for (const point of points) {
    if (point.event && place.retained) continue;
    const value = point.codec.read(raw);
    const { node, topic } = place;
    const wrong = value === undefined ? "is not understood" : misfit(point.readType, value);
    if (value === undefined || wrong) {
      const code = value === undefined ? "value-not-understood" : "value-out-of-range";
      const message = `${field} says ${shown(raw)}, which ${wrong}`;
      const expected = rangeWords(point.readType);
      into.problems.push({ code, message, expected, sample: sampleOf(raw), node, topic, field });
      continue;
    }
    const { path, source } = heardOf(point, place, field);
    into.readings.push({ path, value, source });
  }
  return true;
}

export type Planned<W> =
  | { readonly ok: true; readonly writes: readonly W[] }
  | { readonly ok: false; readonly reason: string };

const refuse = (reason: string): { ok: false; reason: string } => ({ ok: false, reason });

/** Writes one attribute, or says what is wrong with the value. */
function writeOne<W>(point: Point<W> | undefined, name: string, value: Value): Planned<W> {
  if (!point?.write) return refuse(`${name} cannot be set on this device`);
  const wrong = misfit(point.codec.type, value);
  if (wrong) return refuse(`${name} ${wrong}`);
  const raw = point.codec.write(value);
  if (raw === undefined)
    return refuse(`${name} has no form that this device understands; it takes ${rangeWords(point.codec.type)}`);
  return { ok: true, writes: [point.write(raw)] };
}

function writeAll<W>(
  built: Built<W>,
  base: string,
  values: readonly (readonly [attribute: string, name: string, value: Value])[],
): Planned<W> {
  const writes: W[] = [];
  for (const [attribute, name, value] of values) {
    const one = writeOne(built.points.get(`${base}.${attribute}`), name, value);
    if (!one.ok) return one;
    writes.push(...one.writes);
  }
  return writes.length > 0 ? { ok: true, writes } : refuse("nothing to set: name at least one attribute");
}

/**
 * A command as the device's own writes: `set` writes attributes by name; other commands write the attributes that they
 * want, or run the device's own action. Refusals name the field and its range.
 */
export function planCommand<W>(built: Built<W>, command: Command): Planned<W> {
  const { capability, args } = command;
  const endpoint = built.endpoints.find((e) => e.number === command.target.endpoint);
  if (!endpoint) return refuse(`the device has no endpoint ${command.target.endpoint}`);
  const instance = Object.hasOwn(endpoint.capabilities, capability) ? endpoint.capabilities[capability] : undefined;
  if (!instance || !Object.hasOwn(instance.commands, command.command))
    return refuse(`this device has no command ${capability}.${command.command}`);
  const base = `${endpoint.number}/${capability}`;
  if (command.command === "set") {
    const own = Object.keys(args).find(
      (name) => !(Object.hasOwn(instance.attributes, name) && instance.attributes[name]?.writable),
    );
    if (own !== undefined) return refuse(`${own} cannot be set on this device`);
    return writeAll(
      built,
      base,
      Object.entries(args).map(([name, value]) => [name, name, value] as const),
    );
  }
  const spec = capability === VENDOR ? undefined : capabilities[capability]?.commands[command.command];
  if (!spec) return refuse(`there is no command ${capability}.${command.command}`);
  for (const name of Object.keys(args))
    if (!Object.hasOwn(spec.args, name)) return refuse(`${name} is no argument of ${command.command}`);
  for (const [name, arg] of Object.entries(spec.args)) {
    const value = Object.hasOwn(args, name) ? args[name] : undefined;
    if (value === undefined && arg.optional) continue;
    const wrong = misfit(arg, value);
    if (wrong) return refuse(`${name} ${wrong}`);
  }
  const action = built.actions.get(`${base}.${command.command}`);
  if (action) return { ok: true, writes: action.writes };
  const wanted = Object.entries(spec.wants(args, () => undefined));
  const nameOf = (value: Value): string | undefined => Object.keys(args).find((name) => args[name] === value);
  return writeAll(
    built,
    base,
    wanted.map(([attribute, value]) => [attribute, nameOf(value) ?? attribute, value] as const),
  );
}

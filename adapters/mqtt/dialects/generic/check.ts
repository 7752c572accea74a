/** Says what does not fit in a mapping, before it is used: each fault names the field and what it must be. */
import { capabilities } from "../../../../hub/model/capabilities/index.ts";
import type { AttributeSpec, Value } from "../../../../hub/model/capability.ts";
import { deviceTypes } from "../../../../hub/model/device-types/index.ts";
import { type UnitName, units } from "../../../../hub/model/units.ts";
import type { MappedValue, Mapping, MappingFault } from "../../../../hub/ports.ts";
import { houseCodec } from "../../codec.ts";
import { usableName } from "../../json.ts";
import { meanings } from "../../meanings.ts";
import { conversion, unitsFor } from "../../units.ts";
import { makerOf, ownName, specOf } from "./build.ts";
import { hasPlace } from "./payload.ts";

type Fault = (field: string, message: string) => void;

/** A topic that one message can be about. */
function checkTopic(fault: Fault, field: string, topic: string): void {
  if (topic === "" || topic.length > 300) fault(field, "must be a topic of 1 to 300 characters");
  else if (/[+#\0]/.test(topic)) fault(field, "must be one topic, without + and #");
  else if (topic.startsWith("$")) fault(field, "must be a device's topic; those with $ are the broker's own");
}

/** Whether the house can ask for another value of this attribute. */
export function settable(means: string): boolean {
  const [name = "", attribute = ""] = means.split(".");
  const capability = Object.hasOwn(capabilities, name) ? capabilities[name] : undefined;
  if (specOf(means)?.writable) return true;
  return Object.values(capability?.commands ?? {}).some(({ args, wants }) => {
    const sample: Record<string, Value> = {};
    for (const [key, arg] of Object.entries(args)) if (arg.type === "number") sample[key] = arg.min;
    return Object.hasOwn(
      wants(sample, () => undefined),
      attribute,
    );
  });
}

/** What a value that means something of the house must be. */
function checkMeaning(fault: Fault, v: MappedValue, means: string, spec: AttributeSpec): void {
  const kind = spec.type === "string" ? "text" : spec.type;
  if (v.kind !== kind) fault("kind", `must be ${kind}: that is what ${means} is`);
  else if (spec.type === "number") checkNumber(fault, v, means, spec);
  else if (spec.type === "enum") checkWords(fault, v, spec.values);
  if (v.set && !settable(means))
    fault("set", `must be left out: nobody can set ${means}; without means it can be set as the device's own value`);
}

/** The units in which a device may write a number of this meaning, the house's own first; `ratio` is 0 to 1 for percent. */
export function unitsOf(means: string, unit: UnitName): readonly string[] {
  const ratio = unit === "%" && !meanings[means]?.scale;
  return ratio ? [...unitsFor(unit), "ratio"] : unitsFor(unit);
}

function checkNumber(fault: Fault, v: MappedValue, means: string, spec: AttributeSpec & { type: "number" }): void {
  const unit = units[spec.unit];
  const ratio = v.unit === "ratio" && unitsOf(means, spec.unit).includes("ratio");
  if (v.unit !== undefined && !ratio && !conversion(v.unit, spec.unit)) {
    const fit = unitsOf(means, spec.unit).join(", ");
    fault("unit", `${v.unit.slice(0, 32)} can't be turned into ${unit || "a bare number"}; use one of ${fit}`);
    return;
  }
  const meaning = meanings[means];
  if (!meaning || houseCodec(makerOf(v), spec, meaning)) return;
  if (meaning.scale && v.unit === undefined)
    fault("unit", "must be %, or max must say which number is full, such as 254");
  else fault("min", `and max leave nothing of the range from ${spec.min} to ${spec.max} ${unit}`.trimEnd());
}

function checkWords(fault: Fault, v: MappedValue, values: readonly string[]): void {
  const words = Object.entries(v.words ?? {});
  if (words.length === 0)
    fault("words", `must say what each word of the device means: {"its word": "one of ${values.join(", ")}"}`);
  for (const [own, house] of words)
    if (!values.includes(house)) fault(`words.${own.slice(0, 40)}`, `must be one of ${values.join(", ")}`);
}

/** Fields that one kind alone has. */
const fieldsOf = {
  number: ["unit", "scale", "min", "max", "step"],
  boolean: ["on", "off"],
  enum: ["values", "words"],
  text: [],
} as const;

function checkForm(fault: Fault, v: MappedValue): void {
  for (const [kind, fields] of Object.entries(fieldsOf))
    for (const field of fields)
      if (kind !== v.kind && v[field] !== undefined) fault(field, `must be left out: it belongs to kind ${kind}`);
  if (v.kind === "boolean" && (v.on ?? "true").toLowerCase() === (v.off ?? "false").toLowerCase())
    fault("off", "must be another word than on");
  if (v.scale === 0) fault("scale", "must not be 0");
  if (v.min !== undefined && v.max !== undefined && v.min >= v.max) fault("max", "must be larger than min");
  if (v.step !== undefined && v.step <= 0) fault("step", "must be larger than 0");
}

function checkValue(fault: Fault, v: MappedValue, readTopics: ReadonlySet<string>): void {
  checkTopic(fault, "topic", v.topic);
  checkForm(fault, v);
  const spec = specOf(v.means);
  if (v.means !== undefined && !spec) fault("means", `${v.means.slice(0, 80)} is no value of the house`);
  else if (v.means !== undefined && spec) checkMeaning(fault, v, v.means, spec);
  else if (v.kind === "enum" && !v.values?.length) fault("values", "must name the words that the device uses");
  if (v.means === undefined && v.words) fault("words", "must be left out where nothing is meant; use values");
  if (v.means === undefined && !usableName(ownName(v))) fault("name", "must be another name");
  if (!v.set) return;
  checkTopic(fault, "set.topic", v.set.topic);
  if (readTopics.has(v.set.topic))
    fault("set.topic", "must be another topic than those that are read: the hub would hear itself");
  if (!hasPlace(v.set.payload)) fault("set.payload", "must hold {value}, where the value is put in");
}

/** Two values in one place: the second would be lost. */
function checkPlaces(values: readonly MappedValue[], fault: Fault): void {
  const taken = new Map<string, number>();
  values.forEach((v, index) => {
    const place = `${v.endpoint ?? 1} ${v.means ?? `own ${ownName(v)}`}`;
    const before = taken.get(place);
    const field = v.means === undefined ? "name" : "endpoint";
    if (before !== undefined)
      fault(
        `values.${index}.${field}`,
        `must be another one than that of values.${before}, which is the same otherwise`,
      );
    else taken.set(place, index);
  });
}

/** Everything that does not fit, at most 50; empty: the mapping can be used. Its shape was checked before. */
export function mappingFaults(mapping: Mapping): readonly MappingFault[] {
  const found: MappingFault[] = [];
  const fault: Fault = (field, message) => found.length < 50 && found.push({ field, message });
  const { type, availability, values } = mapping;
  if (type !== undefined && !Object.hasOwn(deviceTypes, type))
    fault("type", `${type.slice(0, 80)} is no device type; see the list of /api/device-types`);
  if (availability) {
    checkTopic(fault, "availability.topic", availability.topic);
    if (availability.online.toLowerCase() === availability.offline.toLowerCase())
      fault("availability.offline", "must be another word than online");
  }
  const topics = new Set(values.map((v) => v.topic));
  if (availability) topics.add(availability.topic);
  values.forEach((v, index) => {
    checkValue((field, message) => fault(`values.${index}.${field}`, message), v, topics);
  });
  checkPlaces(values, fault);
  return found;
}

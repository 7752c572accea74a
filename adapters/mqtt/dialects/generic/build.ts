/** A described device as the house's endpoints and capabilities. */
import { capabilities } from "../../../../hub/model/capabilities/index.ts";
import type { AttributeSpec, ValueType } from "../../../../hub/model/capability.ts";
import type { MappedValue, Mapping } from "../../../../hub/ports.ts";
import type { Codec, MakerType } from "../../codec.ts";
import type { MqttPublish } from "../../dialect.ts";
import { type Built, Draft, type Property } from "../../draft.ts";
import { filled } from "./payload.ts";

/** Tells values of one device apart, and stands in findings: where the value was said. */
export const keyOf = ({ topic, field }: MappedValue): string => `${topic}#${field ?? ""}`;

/** The maker's own name of a value. */
export const ownName = (v: MappedValue): string => v.name ?? (v.field ?? v.topic).split(/[./]/).at(-1) ?? "";

/** The attribute that a value means; undefined: nothing of the house. */
export function specOf(means: string | undefined): AttributeSpec | undefined {
  const [capability = "", attribute = ""] = means?.split(".") ?? [];
  const attributes = Object.hasOwn(capabilities, capability) ? capabilities[capability]?.attributes : undefined;
  return attributes && Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined;
}

export function makerOf(v: MappedValue): MakerType {
  switch (v.kind) {
    case "number":
      return {
        kind: "number",
        ...(v.unit === undefined ? {} : { unit: v.unit }),
        ...(v.scale === undefined ? {} : { scale: v.scale }),
        ...(v.min === undefined ? {} : { min: v.min }),
        ...(v.max === undefined ? {} : { max: v.max }),
        ...(v.step === undefined ? {} : { step: v.step }),
      };
    case "boolean":
      return { kind: "boolean", on: v.on ?? "true", off: v.off ?? "false" };
    case "enum":
      return { kind: "enum", values: v.values ?? Object.keys(v.words ?? {}) };
    case "text":
      return { kind: "text" };
  }
}

/** Between the device's words and the house's; the first of several words for the same is the one that is written. */
function wordCodec(spec: ValueType & { type: "enum" }, words: Readonly<Record<string, string>>): Codec {
  const pairs = Object.entries(words);
  const said = new Set(pairs.map(([, house]) => house));
  return {
    type: { type: "enum", values: spec.values.filter((v) => said.has(v)) },
    read: (raw) => {
      const text = String(raw);
      const found =
        pairs.find(([own]) => own === text) ?? pairs.find(([own]) => own.toLowerCase() === text.toLowerCase());
      return found?.[1];
    },
    write: (value) => pairs.find(([, house]) => house === value)?.[0],
  };
}

function propertyOf(v: MappedValue): Property<MqttPublish> {
  const spec = specOf(v.means);
  const { set } = v;
  const topic = set?.topic ?? "";
  const fill = (raw: unknown): string => filled(set?.payload ?? "", raw, v.kind === "text");
  return {
    endpoint: v.endpoint ?? 1,
    field: keyOf(v),
    source: keyOf(v),
    word: v.means,
    name: ownName(v),
    label: v.label,
    maker: makerOf(v),
    ...(spec?.type === "enum" && v.words ? { codec: wordCodec(spec, v.words) } : {}),
    ...(set ? { write: (raw: unknown) => ({ topic, payload: fill(raw), qos: 1 as const }) } : {}),
  };
}

export function buildMapping(mapping: Mapping): Built<MqttPublish> {
  const draft = new Draft<MqttPublish>();
  const first = Math.min(...mapping.values.map((v) => v.endpoint ?? 1));
  if (mapping.type !== undefined) draft.type(first, mapping.type);
  for (const value of mapping.values) draft.add(propertyOf(value));
  return draft.build();
}

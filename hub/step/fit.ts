import { capabilities, VENDOR } from "../model/capabilities/index.ts";
import { type AttributeSpec, misfit, type Value, type ValueType } from "../model/capability.ts";
import type { NodeDescription } from "../model/node.ts";
import { type AttributePath, parsePath } from "../model/path.ts";

/** The type of an attribute as this device has it; undefined for one that it did not announce. */
export function typeAt(description: NodeDescription, path: AttributePath): ValueType | undefined {
  const { endpoint, capability, attribute } = path;
  const instance = description.endpoints.find((e) => e.number === endpoint)?.capabilities[capability]?.attributes;
  if (!instance || !Object.hasOwn(instance, attribute)) return undefined;
  if (capability === VENDOR) return instance[attribute]?.type ?? { type: "string" };
  const spec: AttributeSpec | undefined = capabilities[capability]?.attributes[attribute];
  return spec;
}

/** A value that is held may stay: the device still has its attribute, in a form that it fits. */
export function stillFits(description: NodeDescription, key: string, value: Value): boolean {
  const path = parsePath(key);
  const type = path && typeAt(description, path);
  return type !== undefined && misfit(type, value) === undefined;
}

/** What a type takes, in words. */
export function typeWords(type: ValueType): string {
  switch (type.type) {
    case "number":
      return `a number from ${type.min} to ${type.max}${type.unit === "1" ? "" : ` ${type.unit}`}`;
    case "boolean":
      return "true or false";
    case "enum":
      return `one of ${type.values.join(", ")}`;
    case "string":
      return `text of at most ${type.maxLength ?? 255} characters`;
  }
}

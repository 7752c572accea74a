import { type UnitName, units } from "./units.ts";

/** What an attribute or argument may hold. Unknown is no value: it is the absence of a reading. */
export type Value = number | boolean | string;

/** The shape of a value. Ranges are inclusive and in the stated unit. */
export type ValueType =
  | {
      readonly type: "number";
      readonly unit: UnitName;
      readonly min: number;
      readonly max: number;
      readonly step?: number;
    }
  | { readonly type: "boolean"; readonly words?: readonly [no: string, yes: string] }
  | {
      readonly type: "enum";
      readonly values: readonly string[];
      /** What people say for values whose names are no words of theirs: "the battery is …". */
      readonly words?: Readonly<Record<string, string>>;
    }
  | { readonly type: "string"; readonly maxLength?: number };

export type AttributeSpec = ValueType & {
  readonly label: string;
  /** May be written by the command `set` (Matter: a writable attribute). */
  readonly writable?: true;
  /** counter: only rises but for resets; measurement: worth a chart; state: the rest. Default state. */
  readonly kind?: "measurement" | "counter" | "state";
  /** Ours: Matter has no such attribute in this cluster. */
  readonly ours?: true;
  /** The device is nothing but this, so that its name alone says what is meant: "Target reserve is 30". */
  readonly itself?: true;
};

export interface CommandSpec {
  readonly label: string;
  readonly args: Readonly<Record<string, ValueType & { readonly label: string; readonly optional?: true }>>;
  /** The attribute values a later reading must show for the command to count as confirmed; {} confirms by acceptance. */
  readonly wants: (
    args: Readonly<Record<string, Value>>,
    now: (attribute: string) => Value | undefined,
  ) => Record<string, Value>;
  /** Why the device would not take it as it is now, by what it last said; undefined when nothing speaks against it. `at` in epoch ms. */
  readonly refuses?: (
    args: Readonly<Record<string, Value>>,
    now: (attribute: string) => Value | undefined,
    at: number,
  ) => string | undefined;
  /** For slow movements: attribute values that show that the device has begun, which confirms as well. */
  readonly begins?: Readonly<Record<string, Value>>;
  /** Ours: Matter has no such command in this cluster. */
  readonly ours?: true;
}

/** Our unit-correct view of a Matter cluster: same name, human units. */
export interface Capability {
  readonly name: string;
  readonly label: string;
  /** The Matter cluster's name in the standard, or undefined where the capability is ours. */
  readonly matter: string | undefined;
  readonly attributes: Readonly<Record<string, AttributeSpec>>;
  readonly commands: Readonly<Record<string, CommandSpec>>;
}

/** Declares a capability. Keeps literal types and is the one place where a capability's shape is checked by the compiler. */
export const capability = <const C extends Capability>(c: C): C => c;

/** Says why a value does not fit its type, in words a person can act on; undefined when it fits. */
export function misfit(type: ValueType, value: unknown): string | undefined {
  switch (type.type) {
    case "boolean":
      return typeof value === "boolean" ? undefined : "must be true or false";
    case "number":
      if (typeof value !== "number" || !Number.isFinite(value)) return "must be a number";
      if (value < type.min || value > type.max)
        return `must be between ${type.min} and ${type.max} ${units[type.unit]}`.trimEnd();
      return undefined;
    case "enum":
      return typeof value === "string" && type.values.includes(value)
        ? undefined
        : `must be one of ${type.values.join(", ")}`;
    case "string":
      if (typeof value !== "string") return "must be text";
      return value.length <= (type.maxLength ?? 255)
        ? undefined
        : `must be at most ${type.maxLength ?? 255} characters`;
  }
}

import type { UnitName } from "../units.ts";

const levels: readonly string[] = ["unknown", "low", "medium", "high", "critical"];

/** What is in the air: as a number, as a level, or both. */
export const concentration = <const Name extends string, const Matter extends string>(
  name: Name,
  matter: Matter,
  label: string,
  unit: UnitName,
  max: number,
) =>
  ({
    name,
    label,
    matter,
    attributes: {
      measuredValue: { type: "number", unit, min: 0, max, label, kind: "measurement" },
      levelValue: { type: "enum", values: levels, label: `${label} level` },
    },
    commands: {},
  }) as const;

import { moment, percent, yesNo } from "./shapes.ts";

/** What is used up and replaced. `condition` is what is left of it: 100 % is new, whichever way the device counts. */
export const resource = <const Name extends string, const Matter extends string>(
  name: Name,
  matter: Matter,
  label: string,
) =>
  ({
    name,
    label,
    matter,
    attributes: {
      condition: { ...percent, label: "Left", kind: "measurement" },
      changeIndication: { type: "enum", values: ["ok", "warning", "critical"], label: "Replace" },
      inPlaceIndicator: { ...yesNo, label: "In place" },
      lastChangedTime: { ...moment, label: "Replaced" },
    },
    commands: {
      resetCondition: { label: "Was replaced", args: {}, wants: () => ({ condition: 100 }) },
    },
  }) as const;

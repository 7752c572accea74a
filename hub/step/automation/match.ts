import type { Value } from "../../model/capability.ts";
import type { Held } from "../../model/home.ts";
import type { Watch } from "./state.ts";

type Trigger = Watch["trigger"];

/** Whether a value is what a trigger waits for, whatever was before. */
export function fits(trigger: Trigger, value: Value): boolean {
  switch (trigger.kind) {
    case "becomes":
      return trigger.to === undefined || value === trigger.to;
    case "event":
      return value === trigger.is;
    case "crosses":
      return typeof value === "number" && isBeyond(trigger, value);
  }
}

const isBeyond = ({ above, below }: Extract<Trigger, { kind: "crosses" }>, value: number): boolean =>
  (above !== undefined && value > above) || (below !== undefined && value < below);

/** `edge`: it has come to it. `first`: it is so, and what was before is not known. `no`: the rest. */
export function edgeOf(trigger: Trigger, before: Held | undefined, value: Value): "edge" | "first" | "no" {
  if (!fits(trigger, value)) return "no";
  if (trigger.kind === "event") return "edge";
  if (!before || before.ageUnknown) return "first";
  if (trigger.kind === "crosses") return fits(trigger, before.value) ? "no" : "edge";
  if (before.value === value) return "no";
  return trigger.from === undefined || before.value === trigger.from ? "edge" : "no";
}

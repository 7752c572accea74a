import type { Solar } from "../../schedule/problem.ts";
import type { Panels } from "../devices.ts";
import type { Posed, Posing } from "./posed.ts";

/** Panels that can be told to give less, planned where giving away costs money. */
export function poseSolar({ part, share }: Panels, { outlook }: Posing): Posed<Solar> {
  if (!outlook.slots.some((slot) => slot.exportPrice < 0 && slot.pvKwh > 0))
    return { cannot: "what is over is not to be paid for in the hours ahead" };
  return { kind: "solar", id: part.node, yieldKwh: outlook.slots.map((slot) => slot.pvKwh * share) };
}

/** A metered light that a rule may put out; people switch it on again themselves. */
import type { Part } from "../energy/parts.ts";
import type { RuleAction } from "../model/plan.ts";
import type { Model, Running } from "./device.ts";
import { type Fit, noFit } from "./fit-note.ts";
import { type History, hoursOf, seriesOf, valueAt } from "./history.ts";

const LIT_W = 1;

function run(h: History, part: Part, occupied: Float64Array): Running {
  const power = seriesOf(h, part.power);
  let on = true;
  let wasLit = false;
  let lost = 0;
  return {
    node: part.node,
    show(values) {
      if (part.relay) values.set(part.relay, on && wasLit);
      if (part.power) values.set(part.power, on && wasLit ? LIT_W : 0);
    },
    act(action: RuleAction) {
      if (action.command !== "off" || !on || !wasLit) return false;
      on = false;
      return true;
    },
    step(i) {
      const watts = valueAt(power, i) || 0;
      const lit = watts > LIT_W;
      if (lit && !wasLit) on = true;
      wasLit = lit;
      if (!on && lit && valueAt(occupied, i) > 0.2) lost += hoursOf(h) * 60;
      return on ? watts : 0;
    },
    lost: () => lost,
    stored: () => 0,
  };
}

/** A light with its own meter in a room whose occupancy is known. */
export function fitLight(h: History, part: Part, occupancy: string | undefined): Model | Fit {
  if (!part.power || !part.relay)
    return noFit(`${part.name} has no meter or no switch`, "a lamp or switch that measures");
  if (!occupancy)
    return noFit(
      `${part.name}: nothing tells whether somebody is in the room`,
      "a motion or presence sensor in its room",
    );
  const recorded = seriesOf(h, part.power);
  return {
    node: part.node,
    name: part.name,
    kind: "light",
    fit: { ok: true, note: "as recorded" },
    recorded,
    facts: {},
    start: () => run(h, part, seriesOf(h, occupancy)),
    onto: (next) => {
      const again = fitLight(next, part, occupancy);
      if ("start" in again) return again;
      throw new RangeError(again.note);
    },
  };
}

/** A heated room or tank lived through its past twice, as it was asked and as a rule would have asked it: what the model misses in both cancels out. */
import type { Value } from "../model/capability.ts";
import type { HeatAsked, WarmthLived } from "../model/warmth.ts";
import type { Comfort, Model, Running } from "./device.ts";
import { valueAt } from "./history.ts";

/** A set temperature at which nothing heats, degC. */
const OFF_C = 4;
/** Below these nothing is left of a change: K, kWh and W. */
const NO_K = 0.03;
const NO_KWH = 0.03;
const NO_W = 5;

/** Comfort is judged by whoever asks. */
const NONE: Comfort = { room: new Map(), tank: new Map(), car: new Map(), appliance: new Map() };

/**
 * Begins at step `begin` in the recorded state. A room is as warm as it was plus what its two lives differ by; a tank, whose thermostat has it
 * heat now and then, is what its life under the rule says. `measured`: degC at the end of each step; `thermometer`: its text path.
 */
export function livedTwice(model: Model, thermometer: string, measured: Float64Array, begin: number): WarmthLived {
  const [was, would] = [model.start(begin, NONE, true), model.start(begin, NONE, true)];
  return {
    step(i, asked, wanted) {
      ask(was, model, asked);
      ask(would, model, wanted);
      const extraW = would.step(i, 0) - was.step(i, 0);
      const [before, after] = [warmthOf(was, thermometer), warmthOf(would, thermometer)];
      const left = Math.abs(would.stored() - was.stored()) >= NO_KWH || Math.abs(extraW) >= NO_W;
      const settled = !left && Math.abs(after - before) < NO_K;
      return { shiftK: after - (model.kind === "tank" ? valueAt(measured, i) : before) || 0, extraW, settled };
    },
  };
}

function warmthOf(running: Running, thermometer: string): number {
  const shown = new Map<string, Value>();
  running.show(shown);
  return Number(shown.get(thermometer));
}

function ask(running: Running, { kind, node }: Model, { on, setC }: HeatAsked): void {
  const at = { node, endpoint: 1 };
  if (kind === "tank") running.act({ ...at, capability: "onOff", command: on ? "on" : "off", args: {} });
  const to = on ? setC : OFF_C;
  if (kind !== "room" || to === undefined) return;
  running.act({ ...at, capability: "thermostat", command: "set", args: { occupiedHeatingSetpoint: to } });
}

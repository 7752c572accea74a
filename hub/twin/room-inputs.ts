/** What a heated room depends on, from the stored past. */
import type { Part, ThermostatPart } from "../energy/parts.ts";
import { type History, seriesOf, valueAt } from "./history.ts";

/** The series that the room depends on; solar is the sum, W positive. */
export interface Inputs {
  readonly inside: Float64Array;
  readonly outside: Float64Array;
  readonly power: Float64Array;
  readonly setpoint: Float64Array;
  readonly solar: Float64Array;
  /** Share of the step in which somebody was seen at home; 0 where nothing tells. */
  readonly people: Float64Array;
}

export interface Sources {
  readonly thermostat: ThermostatPart;
  readonly pump: Part;
  readonly outdoor: string;
  readonly solar: readonly Part[];
  /** Text paths of occupancy. */
  readonly occupancy: readonly string[];
}

/** Lays the inputs side by side. */
export function inputsOf(h: History, s: Sources): Inputs {
  const solar = new Float64Array(h.steps);
  for (const part of s.solar) {
    const power = seriesOf(h, part.power);
    for (let i = 0; i < h.steps; i++) solar[i] = (solar[i] ?? 0) + Math.max(0, -(valueAt(power, i) || 0));
  }
  return {
    inside: seriesOf(h, s.thermostat.temperature),
    outside: seriesOf(h, s.outdoor),
    power: seriesOf(h, s.pump.power),
    setpoint: known(h, seriesOf(h, s.thermostat.setpoint)),
    solar,
    people: peopleOf(h, s.occupancy),
  };
}

function peopleOf(h: History, paths: readonly string[]): Float64Array {
  const seen = paths.map((path) => seriesOf(h, path));
  return Float64Array.from({ length: h.steps }, (_, i) =>
    Math.max(0, ...seen.map((values) => valueAt(values, i) || 0)),
  );
}

/** A set temperature that has not changed since before the past began was never reported in it: the first one known stands. */
function known(h: History, setpoint: Float64Array): Float64Array {
  const first = setpoint.find(Number.isFinite) ?? Number.NaN;
  return Float64Array.from({ length: h.steps }, (_, i) => {
    const value = valueAt(setpoint, i);
    return Number.isFinite(value) ? value : first;
  });
}

/** Mean over steps, `to` not included; NaN where one is unknown. */
export const average = (values: Float64Array, from: number, to: number): number => {
  let sum = 0;
  for (let i = from; i < to; i++) sum += valueAt(values, i);
  return sum / (to - from);
};

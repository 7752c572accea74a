/** Meanings of WARP's meter values by number (Tinkerforge esp32-firmware, meters/meter_value_id.csv). */
import type { Line } from "../../sheet/claim.ts";
import { kept, means, phase } from "../../sheet/lines.ts";

/** What stands where in `meter/all_values` of older versions, as far as it has a meaning; the rest are harmonics and peaks. */
export const LEGACY: readonly number[] = [
  ...[1, 2, 3, 13, 17, 21, 39, 48, 57, 122, 130, 138, 83, 91, 99, 353, 354, 355],
  ...[0, 0, 0, 7, 29, 33, 74, 154, 115, 356, 0, 364, 209, 211],
];

/** Three phases in a row, with the numbers of each. */
const phases = (numbers: readonly number[], line: Line): [number, Line][] =>
  numbers.map((number, at) => [number, { ...line, endpoint: phase(at + 1) }]);

const byId: ReadonlyMap<number, Line> = new Map<number, Line>([
  ...phases([1, 2, 3], means("voltage", "V")),
  ...phases([13, 17, 21], means("current", "A")),
  // Import less export, where a meter tells the direction.
  ...phases([12, 16, 20], means("current", "A")),
  ...phases([39, 48, 57], means("power", "W")),
  ...phases([122, 130, 138], means("power_apparent", "VA")),
  ...phases([83, 91, 99], means("power_reactive", "var")),
  ...phases([353, 354, 355], means("power_factor", "ratio")),
  [7, kept("V")],
  ...[4, 5, 6, 8].map((id): [number, Line] => [id, kept("V")]),
  ...[25, 29, 33].map((id): [number, Line] => [id, kept("A")]),
  [74, means("power", "W")],
  [154, means("power_apparent", "VA")],
  [115, means("power_reactive", "var")],
  [356, means("power_factor", "ratio")],
  [364, means("ac_frequency", "Hz")],
  [209, means("energy", "kWh")],
  [211, means("produced_energy", "kWh")],
  ...[210, 212, 213, 214].map((id): [number, Line] => [id, kept("kWh")]),
  [277, kept("kvarh")],
]);

/**
 * The line of a value of one meter. The charger's own is meter 0, on the device itself; others are other meters, with
 * endpoints of their own: 20 and the meter's number, phases at 100 and ten times it.
 */
export function valueLine(meter: number, id: number): Line | undefined {
  const line = byId.get(id);
  if (!line || meter === 0) return line;
  const own = line.endpoint === undefined ? 20 + meter : 100 + 10 * meter + (line.endpoint - phase(1)) + 1;
  return { ...line, endpoint: own };
}

import { applianceShift } from "./appliance-shift.ts";
import { batteryModes } from "./battery-modes.ts";
import { evCheapHours } from "./ev-cheap-hours.ts";
import { evTarget } from "./ev-target.ts";
import { flexiblePower } from "./flexible-power.ts";
import { flexibleRun } from "./flexible-run.ts";
import { lightsOffUnoccupied } from "./lights-off-unoccupied.ts";
import { setback } from "./setback.ts";
import { standbyCutoff } from "./standby-cutoff.ts";
import type { Strategy } from "./strategy.ts";
import { waterHeaterBoost } from "./water-heater-boost.ts";
import { waterHeaterCheapHours } from "./water-heater-cheap-hours.ts";

/** Every strategy by name: one line each. */
export const strategies: ReadonlyMap<string, Strategy> = new Map(
  [
    ...[evCheapHours, evTarget, batteryModes, waterHeaterCheapHours, waterHeaterBoost, applianceShift],
    ...[flexibleRun, flexiblePower, setback, standbyCutoff, lightsOffUnoccupied],
  ].map((strategy) => [strategy.name, strategy]),
);

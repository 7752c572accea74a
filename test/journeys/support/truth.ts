import { homes } from "../../../firmware-sim/homes/index.ts";
import { World } from "../../../firmware-sim/world.ts";
import { priceAt } from "../../../hub/energy/tariff.ts";
import { demoHome, demoTariff } from "../../../hub/main/demo/home.ts";

const QUARTER = 15 * 60_000;
const STEP_S = 15;

/** What a house has in store at a moment. */
export interface Stored {
  readonly batteryPercent: number;
  readonly carPercent: number;
  readonly tankC: number;
}

export interface Truth {
  /** Metered bill of the house from one moment to another, without the standing charge. */
  readonly cost: number;
  readonly end: Stored;
}

/** Cost of a quarter hour's energy that begins at `at`, kWh in and out. */
export const costOf = (at: number, importedKwh: number, exportedKwh: number): number =>
  importedKwh * priceAt(demoTariff, at, demoHome.timeZone) - exportedKwh * demoTariff.exportPerKwh;

/**
 * The same simulated family, from the same seed, living the same days with nobody steering anything: what the world itself
 * says they would have paid from `from` to `to` (epoch ms).
 */
export function uncontrolled(seed: number, since: number, from: number, to: number): Truth {
  const home = homes.get("demo");
  if (!home) throw new Error("there is no simulated home");
  const world = new World(seed, home.params, since);
  world.forwardTo(from);
  const grid = () => world.state.meters.grid;
  let cost = 0;
  for (let at = from; at < to; at += QUARTER) {
    const [imported, exported] = [grid().importedWh, grid().exportedWh];
    while (world.at < Math.min(at + QUARTER, to)) world.step(Math.min(STEP_S, (at + QUARTER - world.at) / 1000));
    cost += costOf(at, (grid().importedWh - imported) / 1000, (grid().exportedWh - exported) / 1000);
  }
  const { battery, car, tank } = world.state;
  const { params } = home;
  return {
    cost,
    end: {
      batteryPercent: (100 * battery.kwh) / params.battery.capacity,
      carPercent: (100 * car.kwh) / params.car.capacity,
      tankC: tank.temperature,
    },
  };
}

/** What it takes to bring one store to the other, kWh of electricity; positive when `a` has more. */
export function storedBeyond(a: Stored, b: Stored): number {
  const home = homes.get("demo");
  if (!home) throw new Error("there is no simulated home");
  const { battery, car, tank } = home.params;
  return (
    ((a.batteryPercent - b.batteryPercent) / 100) * battery.capacity +
    ((a.carPercent - b.carPercent) / 100) * (car.capacity / car.efficiency) +
    ((a.tankC - b.tankC) * (tank.litres * 4186)) / 3_600_000
  );
}

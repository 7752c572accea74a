import type { World } from "../../world.ts";
import { type Cadence, type MatterDevice, round } from "../device.ts";
import { Reporter } from "../reporter.ts";
import { identityOf, type MatterConfig, Reports } from "./matter-device.ts";

/** A metering plug with the refrigerator on it. */
export function fridgePlug(config: MatterConfig, cadence: Cadence): MatterDevice {
  const reports = new Reports("plug");
  const limits = [{ small: 2, big: 40 }];
  const reported = new Reporter(cadence.meter, limits);
  const shown = new Reporter(cadence.meter, limits);
  const measured = (world: World): number[] => [world.state.meters.fridge.power];
  function everything(world: World): Record<string, number | boolean> {
    const { meters, fridge, volts } = world.state;
    const { power, importedWh } = meters.fridge;
    return {
      onOff: fridge.plugOn,
      activePower: round(power, 2),
      voltage: round(volts, 2),
      activeCurrent: round(power / volts, 3),
      energyImported: round(importedWh / 1000, 6),
    };
  }

  return {
    ...config,
    kind: "plug",
    identity: identityOf("plug", config),
    reports(world) {
      const { meters, fridge, volts } = world.state;
      if (!reported.due(world.at, String(fridge.plugOn), measured(world))) return [];
      const { power, importedWh } = meters.fridge;
      return [
        ...reports.of("OnOff", { onOff: fridge.plugOn }),
        ...reports.of("ElectricalPowerMeasurement", {
          voltage: Math.round(volts * 1000),
          activeCurrent: Math.round((power / volts) * 1000),
          activePower: Math.round(power * 1000),
        }),
        ...reports.of("ElectricalEnergyMeasurement", {
          cumulativeEnergyImported: { energy: Math.round(importedWh * 1000) },
        }),
      ];
    },
    everything,
    show(world) {
      return shown.due(world.at, String(world.state.fridge.plugOn), measured(world)) ? everything(world) : undefined;
    },
    changed(state, world) {
      if (typeof state.onOff !== "boolean") return;
      world.state.fridge.plugOn = state.onOff;
      shown.sent(world.at, String(state.onOff), measured(world));
    },
  };
}

import { batteryModes } from "../../physics/battery.ts";
import { type Cadence, round } from "../device.ts";
import { Reporter } from "../reporter.ts";
import { choice, energy, linkQuality, numeric } from "./exposes.ts";
import { readOnly, type ZigbeeConfig, type ZigbeeDevice } from "./zigbee-device.ts";

/** A home battery whose inverter runs by mode. */
export function homeBattery(config: ZigbeeConfig, cadence: Cadence): ZigbeeDevice {
  const reporter = new Reporter(cadence.meter, [{ small: 30, big: 1500 }]);
  return {
    name: config.name,
    ieee: config.ieee,
    about: {
      vendor: "Inglenook Simulators",
      model: "SIM-BAT",
      description: "Simulated home battery",
      modelId: "SIM-BAT",
      manufacturer: "Inglenook Simulators",
      battery: false,
      exposes: [
        choice("battery_mode", 7, batteryModes, "How the inverter runs the battery"),
        numeric("power", 1, "W", "Power at the inverter, positive = charging"),
        energy,
        numeric("produced_energy", 1, "kWh", "Sum of discharged energy"),
        numeric("state_of_charge", 1, "%", "State of charge", { value_max: 100, value_min: 0 }),
        numeric("battery_capacity", 1, "kWh", "Usable capacity"),
        linkQuality,
      ],
    },
    state(world) {
      const { battery, meters } = world.state;
      return {
        battery_mode: battery.mode,
        power: round(meters.battery.power, 1),
        energy: round(meters.battery.importedWh / 1000, 3),
        produced_energy: round(meters.battery.exportedWh / 1000, 3),
        state_of_charge: round((100 * battery.kwh) / world.params.battery.capacity, 1),
        battery_capacity: world.params.battery.capacity,
      };
    },
    due: (world) => reporter.due(world.at, world.state.battery.mode, [world.state.meters.battery.power]),
    set(key, value, world) {
      if (key !== "battery_mode") return readOnly(key);
      const mode = batteryModes.find((known) => known === value);
      if (!mode)
        return `Value '${String(value)}' is not allowed for 'battery_mode', expected one of ${batteryModes.join()}`;
      world.state.battery.mode = mode;
      return undefined;
    },
  };
}

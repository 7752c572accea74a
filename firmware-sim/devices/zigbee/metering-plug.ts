import { type Cadence, round } from "../device.ts";
import { Reporter } from "../reporter.ts";
import { current, energy, linkQuality, power, switchOf, voltage } from "./exposes.ts";
import { readOnly, switched, type ZigbeeConfig, type ZigbeeDevice } from "./zigbee-device.ts";

/** A plug that measures what hangs on it: the TV corner. */
export function meteringPlug(config: ZigbeeConfig, cadence: Cadence): ZigbeeDevice {
  const reporter = new Reporter(cadence.meter, [{ small: 2, big: 40 }]);
  return {
    name: config.name,
    ieee: config.ieee,
    about: {
      vendor: "IKEA",
      model: "E2206",
      description: "INSPELNING smart plug",
      modelId: "INSPELNING Smart plug",
      manufacturer: "IKEA of Sweden",
      battery: false,
      exposes: [switchOf("the switch"), power, energy, voltage, current, linkQuality],
    },
    state(world) {
      const { meters, volts, tv } = world.state;
      return {
        state: tv.plugOn ? "ON" : "OFF",
        power: round(meters.tv.power, 1),
        energy: round(meters.tv.importedWh / 1000, 3),
        voltage: round(volts, 1),
        current: round(meters.tv.power / volts / 0.92, 3),
      };
    },
    due: (world) => reporter.due(world.at, String(world.state.tv.plugOn), [world.state.meters.tv.power]),
    set(key, value, world) {
      if (key !== "state") return readOnly(key);
      const on = switched(value, world.state.tv.plugOn);
      if (on === undefined) return `Value '${String(value)}' is not allowed for 'state', expected ON, OFF or TOGGLE`;
      world.state.tv.plugOn = on;
      return undefined;
    },
  };
}

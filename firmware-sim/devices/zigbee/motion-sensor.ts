import { unit } from "../../random.ts";
import type { World } from "../../world.ts";
import type { Cadence } from "../device.ts";
import { Reporter } from "../reporter.ts";
import { batteryLevel, batteryVoltage, binary, linkQuality, numeric } from "./exposes.ts";
import { coinCell, readOnly, type ZigbeeConfig, type ZigbeeDevice } from "./zigbee-device.ts";

/** Light in an inner hallway: a little of the day, and a lamp that follows people after dark. */
function hallwayLux(world: World): number {
  const day = world.weather.light.global * 0.22;
  const lamp = world.state.motionUntil > world.at && day < 30 ? 85 : 0;
  return Math.round(day + lamp + 2 * unit(world.seed, 42, Math.floor(world.at / 60_000)));
}

/** A PIR sensor that also measures light when it sees someone. */
export function motionSensor(config: ZigbeeConfig, cadence: Cadence): ZigbeeDevice {
  const reporter = new Reporter(cadence.slow, [{ small: 25, big: Number.POSITIVE_INFINITY }]);
  const occupied = (world: World): boolean => world.state.motionUntil > world.at;
  return {
    name: config.name,
    ieee: config.ieee,
    about: {
      vendor: "Aqara",
      model: "RTCGQ11LM",
      description: "Motion sensor",
      modelId: "lumi.sensor_motion.aq2",
      manufacturer: "LUMI",
      battery: true,
      exposes: [
        batteryLevel,
        binary("occupancy", 1, true, false, "Indicates whether the device detected occupancy"),
        numeric("illuminance", 1, "lx", "Measured illuminance"),
        batteryVoltage,
        linkQuality,
      ],
    },
    state(world) {
      const cell = coinCell(world, config.ieee);
      return {
        battery: cell.battery,
        occupancy: occupied(world),
        illuminance: hallwayLux(world),
        voltage: cell.voltage,
      };
    },
    due: (world) => reporter.due(world.at, String(occupied(world)), [hallwayLux(world)]),
    set: readOnly,
  };
}

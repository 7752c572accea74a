import { type Cadence, round } from "../device.ts";
import { Reporter } from "../reporter.ts";
import { batteryLevel, batteryVoltage, binary, linkQuality, numeric } from "./exposes.ts";
import { coinCell, readOnly, type ZigbeeConfig, type ZigbeeDevice } from "./zigbee-device.ts";

/** A reed contact; true = closed. */
export function windowContact(config: ZigbeeConfig, cadence: Cadence): ZigbeeDevice {
  const reporter = new Reporter({ min: 1, max: cadence.slow.max }, []);
  return {
    name: config.name,
    ieee: config.ieee,
    about: {
      vendor: "Aqara",
      model: "MCCGQ11LM",
      description: "Door and window sensor",
      modelId: "lumi.sensor_magnet.aq2",
      manufacturer: "LUMI",
      battery: true,
      exposes: [
        batteryLevel,
        binary("contact", 1, false, true, "Indicates if the contact is closed (= true) or open (= false)"),
        numeric("device_temperature", 1, "°C", "Temperature of the device", { category: "diagnostic" }),
        batteryVoltage,
        linkQuality,
      ],
    },
    state(world) {
      const cell = coinCell(world, config.ieee);
      return {
        battery: cell.battery,
        contact: !world.state.windowOpen,
        device_temperature: round(world.state.house.air - 1, 0),
        voltage: cell.voltage,
      };
    },
    due: (world) => reporter.due(world.at, String(world.state.windowOpen), []),
    set: readOnly,
  };
}

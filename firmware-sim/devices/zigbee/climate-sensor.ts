import type { World } from "../../world.ts";
import { type Cadence, round } from "../device.ts";
import { Reporter } from "../reporter.ts";
import { batteryLevel, linkQuality, numeric } from "./exposes.ts";
import { coinCell, readOnly, type ZigbeeConfig, type ZigbeeDevice } from "./zigbee-device.ts";

/** Temperature and humidity, indoors or outdoors. */
export function climateSensor(
  config: ZigbeeConfig & { readonly where: "indoors" | "outdoors" },
  cadence: Cadence,
): ZigbeeDevice {
  const reporter = new Reporter(cadence.slow, [
    { small: 0.08, big: 1.5 },
    { small: 1, big: 12 },
  ]);
  const indoors = config.where === "indoors";
  const temperature = (world: World): number => (indoors ? world.state.house.air : world.weather.outdoor);
  const humidity = (world: World): number => (indoors ? world.indoorHumidity() : world.weather.humidity);
  return {
    name: config.name,
    ieee: config.ieee,
    about: {
      vendor: "SONOFF",
      model: indoors ? "SNZB-02D" : "SNZB-02WD",
      description: indoors
        ? "Temperature and humidity sensor with screen"
        : "Waterproof temperature and humidity sensor",
      modelId: indoors ? "SNZB-02D" : "SNZB-02WD",
      manufacturer: "SONOFF",
      battery: true,
      exposes: [
        batteryLevel,
        numeric("temperature", 1, "°C", "Measured temperature value"),
        numeric("humidity", 1, "%", "Measured relative humidity"),
        linkQuality,
      ],
    },
    state: (world) => ({
      battery: coinCell(world, config.ieee).battery,
      temperature: round(temperature(world), 2),
      humidity: round(humidity(world), 1),
    }),
    due: (world) => reporter.due(world.at, "", [temperature(world), humidity(world)]),
    set: readOnly,
  };
}

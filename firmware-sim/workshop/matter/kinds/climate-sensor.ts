import { Endpoint } from "@matter/main";
import { HumiditySensorDevice } from "@matter/main/devices/humidity-sensor";
import { PressureSensorDevice } from "@matter/main/devices/pressure-sensor";
import { TemperatureSensorDevice } from "@matter/main/devices/temperature-sensor";
import { noise } from "../../../random.ts";
import { air } from "../../things/air.ts";
import { type Birth, numberIn, type Product, scaled } from "../product.ts";
import type { OptionsOf } from "../sheets.ts";

/** Three endpoints: temperature (0.01 degC), humidity (0.01 %) and pressure (hPa, the cluster's 0.1 kPa). */
export function climateSensor({ seed, memory }: Birth, { mean }: OptionsOf<"climate-sensor">): Product {
  const temperature = new Endpoint(TemperatureSensorDevice, {
    id: "temperature",
    temperatureMeasurement: { measuredValue: null, minMeasuredValue: -4000, maxMeasuredValue: 12_500 },
  });
  const humidity = new Endpoint(HumiditySensorDevice, {
    id: "humidity",
    relativeHumidityMeasurement: { measuredValue: null, minMeasuredValue: 0, maxMeasuredValue: 10_000 },
  });
  const pressure = new Endpoint(PressureSensorDevice, {
    id: "pressure",
    pressureMeasurement: { measuredValue: null, minMeasuredValue: 300, maxMeasuredValue: 1100 },
  });
  let shift = memory.shift ?? 0;
  return {
    endpoints: [temperature, humidity, pressure],
    state: () => ({
      temperature: (temperature.state.temperatureMeasurement.measuredValue ?? Number.NaN) / 100,
      humidity: (humidity.state.relativeHumidityMeasurement.measuredValue ?? Number.NaN) / 100,
    }),
    async set(values) {
      const degrees = numberIn(values, "temperature");
      if (degrees === undefined) return;
      shift = degrees - mean;
      await temperature.set({ temperatureMeasurement: { measuredValue: scaled(degrees, 100) } });
    },
    async show(now) {
      const { temperature: degrees, humidity: percent } = air(seed, now, mean + shift);
      await temperature.set({ temperatureMeasurement: { measuredValue: scaled(degrees, 100) } });
      await humidity.set({ relativeHumidityMeasurement: { measuredValue: scaled(percent, 100) } });
      const hectopascal = 1013 + 14 * noise(seed, 23, now.elapsed, 86_400);
      await pressure.set({ pressureMeasurement: { measuredValue: Math.round(hectopascal) } });
    },
    memory: () => ({ shift }),
  };
}

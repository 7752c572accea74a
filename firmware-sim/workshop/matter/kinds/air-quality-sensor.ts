import { Endpoint } from "@matter/main";
import { AirQualityServer } from "@matter/main/behaviors/air-quality";
import { CarbonDioxideConcentrationMeasurementServer } from "@matter/main/behaviors/carbon-dioxide-concentration-measurement";
import { Pm25ConcentrationMeasurementServer } from "@matter/main/behaviors/pm25-concentration-measurement";
import { RelativeHumidityMeasurementServer } from "@matter/main/behaviors/relative-humidity-measurement";
import { TemperatureMeasurementServer } from "@matter/main/behaviors/temperature-measurement";
import { AirQuality } from "@matter/main/clusters/air-quality";
import { ConcentrationMeasurement } from "@matter/main/clusters/concentration-measurement";
import { AirQualitySensorDevice } from "@matter/main/devices/air-quality-sensor";
import { noise } from "../../../random.ts";
import { air } from "../../things/air.ts";
import { type Birth, numberIn, type Product, scaled } from "../product.ts";

const Type = AirQualitySensorDevice.with(
  AirQualityServer.with("Fair", "Moderate", "VeryPoor"),
  CarbonDioxideConcentrationMeasurementServer.with("NumericMeasurement"),
  Pm25ConcentrationMeasurementServer.with("NumericMeasurement"),
  TemperatureMeasurementServer,
  RelativeHumidityMeasurementServer,
);

const inAir = ConcentrationMeasurement.MeasurementMedium.Air;
const { AirQualityEnum: Quality } = AirQuality;

/** Air quality with CO2 (ppm), PM2.5 (ug/m3), temperature and humidity. */
export function airQualitySensor({ seed }: Birth): Product {
  const endpoint = new Endpoint(Type, {
    id: "air",
    airQuality: { airQuality: Quality.Unknown },
    carbonDioxideConcentrationMeasurement: {
      measuredValue: null,
      ...{ minMeasuredValue: 400, maxMeasuredValue: 5000, measurementMedium: inAir },
      measurementUnit: ConcentrationMeasurement.MeasurementUnit.Ppm,
    },
    pm25ConcentrationMeasurement: {
      measuredValue: null,
      ...{ minMeasuredValue: 0, maxMeasuredValue: 1000, measurementMedium: inAir },
      measurementUnit: ConcentrationMeasurement.MeasurementUnit.Ugm3,
    },
  });
  let ppm: number | undefined;
  const co2At = (elapsed: number): number => ppm ?? 850 + 420 * noise(seed, 24, elapsed, 5400);
  const quality = (co2: number) =>
    co2 < 800
      ? Quality.Good
      : co2 < 1200
        ? Quality.Fair
        : co2 < 1800
          ? Quality.Moderate
          : co2 < 3000
            ? Quality.Poor
            : Quality.VeryPoor;
  return {
    endpoints: [endpoint],
    state: () => ({ co2: endpoint.state.carbonDioxideConcentrationMeasurement.measuredValue }),
    async set(values) {
      ppm = numberIn(values, "co2") ?? ppm;
      if (ppm === undefined) return;
      const co2 = Math.max(400, Math.min(5000, ppm));
      await endpoint.set({
        carbonDioxideConcentrationMeasurement: { measuredValue: co2 },
        airQuality: { airQuality: quality(co2) },
      });
    },
    async show(now) {
      const co2 = Math.round(co2At(now.elapsed));
      const { temperature, humidity } = air(seed, now, 21);
      await endpoint.set({
        airQuality: { airQuality: quality(co2) },
        carbonDioxideConcentrationMeasurement: { measuredValue: co2 },
        pm25ConcentrationMeasurement: { measuredValue: Math.round(80 + 70 * noise(seed, 25, now.elapsed, 7200)) / 10 },
        temperatureMeasurement: { measuredValue: scaled(temperature, 100) },
        relativeHumidityMeasurement: { measuredValue: scaled(humidity, 100) },
      });
    },
  };
}

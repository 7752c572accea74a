import { z } from "zod";
import { round } from "../../devices/device.ts";
import { Reporter } from "../../devices/reporter.ts";
import { batteryLevel, batteryVoltage, linkQuality, numeric } from "../../devices/zigbee/exposes.ts";
import { kind } from "../kind.ts";
import { air, cell } from "../things/air.ts";
import { device } from "./product.ts";

const options = z.strictObject({
  celsius: z.number().min(-20).max(40).default(20.5).describe("what it is like around it, degC"),
});

/** A sleepy end device: reports by change, at the latest every hour; takes no commands. */
export const climateSensor = kind(
  "climate-sensor",
  "temperature and humidity on a coin cell, reports on change",
  options,
  (entry, { celsius }) => {
    const reporter = new Reporter({ min: 10, max: 3600 }, [
      { small: 0.2, big: 2 },
      { small: 1, big: 10 },
    ]);
    return device(entry, {
      vendor: "SONOFF",
      model: "SNZB-02",
      description: "Temperature and humidity sensor",
      modelId: "TH01",
      manufacturer: "eWeLink",
      battery: true,
      exposes: [
        batteryLevel,
        numeric("temperature", 1, "°C", "Measured temperature value"),
        numeric("humidity", 1, "%", "Measured relative humidity"),
        batteryVoltage,
        linkQuality,
      ],
      state(now) {
        const { temperature, humidity } = air(entry.seed, now, celsius);
        const battery = cell(entry.seed, now);
        return {
          battery,
          temperature: round(temperature, 2),
          humidity: round(humidity, 2),
          voltage: 2600 + battery * 4,
        };
      },
      step(_seconds, now) {
        const { temperature, humidity } = air(entry.seed, now, celsius);
        return reporter.due(now.elapsed * 1000, "", [temperature, humidity]);
      },
    });
  },
);

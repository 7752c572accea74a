import { z } from "zod";
import { round } from "../../devices/device.ts";
import { Reporter } from "../../devices/reporter.ts";
import { choice, current, energy, linkQuality, power, switchOf, voltage } from "../../devices/zigbee/exposes.ts";
import { switched } from "../../devices/zigbee/zigbee-device.ts";
import { kind } from "../kind.ts";
import { Load } from "../things/load.ts";
import { device, noConverter } from "./product.ts";

const options = z.strictObject({
  watts: z.number().min(0).max(3680).default(120).describe("what stands behind the plug, W"),
});

const behaviours = ["off", "previous", "on"];

/** A metering plug. */
export const plug = kind(
  "plug",
  "metering plug: switch, power, energy, current, voltage",
  options,
  (entry, { watts }) => {
    const load = new Load(entry.seed, watts);
    const reporter = new Reporter({ min: 10, max: 300 }, [{ small: 5, big: 100 }]);
    let behaviour = "previous";
    return device(entry, {
      vendor: "Develco",
      model: "SPLZB-131",
      description: "Power plug",
      modelId: "SPLZB-131",
      manufacturer: "frient A/S",
      battery: false,
      exposes: [
        switchOf("the switch"),
        power,
        current,
        voltage,
        energy,
        choice("power_on_behavior", 7, behaviours, "Controls the behavior when the device is powered on"),
        linkQuality,
      ],
      state: (now) => ({
        state: load.on ? "ON" : "OFF",
        power: round(load.watts(now), 1),
        current: round(load.amps(now), 2),
        voltage: round(load.volts(now), 0),
        energy: round(load.wh / 1000, 2),
        power_on_behavior: behaviour,
      }),
      step(seconds, now) {
        load.step(seconds, now);
        return reporter.due(now.elapsed * 1000, String(load.on), [load.watts(now)]);
      },
      set(key, value) {
        if (key === "power_on_behavior") {
          if (!behaviours.includes(String(value))) return `Value '${String(value)}' is not allowed`;
          behaviour = String(value);
          return undefined;
        }
        if (key !== "state") return noConverter(key);
        const on = switched(value, load.on);
        if (on === undefined) return `Value '${String(value)}' is not allowed for 'state'`;
        load.on = on;
        return undefined;
      },
      reset() {
        load.wh = 0;
      },
    });
  },
);

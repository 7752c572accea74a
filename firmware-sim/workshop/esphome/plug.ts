import { z } from "zod";
import { Every } from "../firmware.ts";
import { kind } from "../kind.ts";
import { rssi } from "../things/air.ts";
import { Load } from "../things/load.ts";
import { Esphome, sensor, switched } from "./esphome.ts";

const options = z.strictObject({
  watts: z.number().min(0).max(3680).default(140).describe("what stands behind the plug, W"),
});

/** A plug with a meter, flashed with ESPHome. */
export const plug = kind(
  "plug",
  "metering plug: switch, power, energy, voltage, current",
  options,
  (entry, { watts }) => {
    const load = new Load(entry.seed, watts);
    const measuring = new Every(10);
    const slow = new Every(60);
    return new Esphome(entry, {
      board: "esp8285",
      platform: "ESP8266",
      components: [
        {
          type: "switch",
          id: "relay",
          name: "Relay",
          config: { dev_cla: "outlet", stat_t: "%/state", cmd_t: "%/command" },
          state: () => (load.on ? "ON" : "OFF"),
          command(payload) {
            const on = switched(payload, load.on);
            load.on = on ?? load.on;
            return on !== undefined;
          },
        },
        sensor("Power", (now) => load.watts(now), 1, { unit: "W", device: "power" }),
        sensor("Energy", () => load.wh / 1000, 3, { unit: "kWh", device: "energy", state: "total_increasing" }),
        sensor("Voltage", (now) => load.volts(now), 1, { unit: "V", device: "voltage" }),
        sensor("Current", (now) => load.amps(now), 3, { unit: "A", device: "current" }),
        sensor("WiFi Signal", (now) => rssi(entry.seed, now), 0, { unit: "dBm", device: "signal_strength" }),
      ],
      step(seconds, now) {
        load.step(seconds, now);
        const told = measuring.due(now) ? ["power", "voltage", "current"] : [];
        return slow.due(now) ? [...told, "energy", "wifi_signal"] : told;
      },
      reset() {
        load.wh = 0;
      },
    });
  },
);

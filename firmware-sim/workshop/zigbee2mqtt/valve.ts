import { z } from "zod";
import { round } from "../../devices/device.ts";
import { Reporter } from "../../devices/reporter.ts";
import { batteryLevel, binary, choice, linkQuality, numeric } from "../../devices/zigbee/exposes.ts";
import { numberOf } from "../firmware.ts";
import { kind } from "../kind.ts";
import { cell } from "../things/air.ts";
import { Room } from "../things/room.ts";
import { device, noConverter } from "./product.ts";

const modes = ["off", "heat", "auto"];

const features = [
  numeric("occupied_heating_setpoint", 7, "°C", "Temperature setpoint", {
    value_min: 4,
    value_max: 35,
    value_step: 0.5,
  }),
  numeric("local_temperature", 5, "°C", "Current temperature measured on the device"),
  choice("system_mode", 7, modes, "Mode of this device"),
  choice("running_state", 5, ["idle", "heat"], "The current running state"),
];

/** A radiator valve. */
export const valve = kind(
  "valve",
  "radiator valve: setpoint, mode, running state, child lock",
  z.strictObject({}),
  (entry) => {
    const room = new Room(entry.seed);
    const reporter = new Reporter({ min: 30, max: 600 }, [{ small: 0.1, big: 0.5 }]);
    let mode = "heat";
    let locked = false;
    return device(entry, {
      vendor: "SONOFF",
      model: "TRVZB",
      description: "Zigbee thermostatic radiator valve",
      modelId: "TRVZB",
      manufacturer: "SONOFF",
      battery: true,
      exposes: [
        { type: "climate", features },
        {
          type: "lock",
          features: [binary("child_lock", 3, "LOCK", "UNLOCK", "Enables/disables physical input on the device")],
        },
        batteryLevel,
        linkQuality,
      ],
      state: (now) => ({
        local_temperature: round(room.temperature, 1),
        occupied_heating_setpoint: room.setpoint,
        system_mode: mode,
        running_state: room.demand > 0.05 ? "heat" : "idle",
        child_lock: locked ? "LOCK" : "UNLOCK",
        battery: cell(entry.seed, now),
      }),
      step(seconds, now) {
        room.step(seconds, now);
        return reporter.due(now.elapsed * 1000, `${mode} ${room.demand > 0.05}`, [room.temperature]);
      },
      set(key, value) {
        switch (key) {
          case "occupied_heating_setpoint": {
            const wanted = numberOf(value);
            if (wanted === undefined || wanted < 4 || wanted > 35) return `Value '${String(value)}' is out of range`;
            room.setpoint = Math.round(wanted * 2) / 2;
            return undefined;
          }
          case "system_mode":
            if (!modes.includes(String(value))) return `Value '${String(value)}' is not allowed`;
            mode = String(value);
            room.active = mode !== "off";
            return undefined;
          case "child_lock":
            locked = value === "LOCK";
            return undefined;
          default:
            return noConverter(key);
        }
      },
    });
  },
);

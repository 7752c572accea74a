import { z } from "zod";
import { Every, numberOf } from "../firmware.ts";
import { kind } from "../kind.ts";
import { air } from "../things/air.ts";
import { Room } from "../things/room.ts";
import { Esphome, sensor } from "./esphome.ts";

const modes = ["off", "heat", "cool", "fan_only"];
const fans = ["auto", "low", "medium", "high"];

const config = {
  curr_temp_t: "%/current_temperature/state",
  mode_cmd_t: "%/mode/command",
  mode_stat_t: "%/mode/state",
  modes,
  temp_cmd_t: "%/target_temperature/command",
  temp_stat_t: "%/target_temperature/state",
  min_temp: 16,
  max_temp: 30,
  temp_step: 0.5,
  precision: 0.1,
  temp_unit: "C",
  act_t: "%/action/state",
  fan_mode_cmd_t: "%/fan_mode/command",
  fan_mode_stat_t: "%/fan_mode/state",
  fan_modes: fans,
};

/** A split air conditioner: one topic a property, always degC. */
export const climate = kind("climate", "air conditioner: mode, target, fan, action", z.strictObject({}), (entry) => {
  const room = new Room(entry.seed, 21.5);
  const telling = new Every(30);
  let mode = "heat";
  let fan = "auto";
  const action = (): string => {
    if (mode === "off") return "off";
    if (mode === "fan_only") return "fan";
    const gap = mode === "heat" ? room.setpoint - room.temperature : room.temperature - room.setpoint;
    return gap > -0.1 ? `${mode}ing` : "idle";
  };
  const setters: Readonly<Record<string, (payload: string) => boolean>> = {
    mode(payload) {
      if (!modes.includes(payload)) return false;
      mode = payload;
      room.active = mode === "heat";
      return true;
    },
    target_temperature(payload) {
      const wanted = numberOf(payload);
      if (wanted === undefined || wanted < 16 || wanted > 30) return false;
      room.setpoint = wanted;
      return true;
    },
    fan_mode(payload) {
      if (!fans.includes(payload)) return false;
      fan = payload;
      return true;
    },
  };
  return new Esphome(entry, {
    board: "esp32",
    platform: "ESP32",
    components: [
      {
        type: "climate",
        id: "air_conditioner",
        name: "Air conditioner",
        config,
        state: () => ({
          mode,
          action: action(),
          current_temperature: room.temperature.toFixed(1),
          target_temperature: room.setpoint.toFixed(1),
          fan_mode: fan,
        }),
        command: (payload, tail) => (Object.hasOwn(setters, tail) ? (setters[tail]?.(payload) ?? false) : false),
      },
      sensor("Outdoor Temperature", (now) => air(entry.seed, now, 6).temperature, 1, {
        unit: "°C",
        device: "temperature",
      }),
    ],
    step(seconds, now) {
      room.step(seconds, now);
      return telling.due(now) ? ["air_conditioner", "outdoor_temperature"] : [];
    },
  });
});

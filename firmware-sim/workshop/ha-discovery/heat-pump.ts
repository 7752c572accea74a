import { z } from "zod";
import { round } from "../../devices/device.ts";
import { Every, numberOf } from "../firmware.ts";
import { kind } from "../kind.ts";
import { air } from "../things/air.ts";
import { Room } from "../things/room.ts";
import { HaPublisher } from "./publisher.ts";

const boosts = ["off", "quick", "away"];

const template = (key: string): string => `{{ value_json.${key} }}`;

const climate = {
  name: null,
  modes: ["off", "heat"],
  mode_state_topic: "~/state",
  mode_state_template: template("mode"),
  mode_command_topic: "~/mode/set",
  current_temperature_topic: "~/state",
  current_temperature_template: template("room"),
  temperature_state_topic: "~/state",
  temperature_state_template: template("target"),
  temperature_command_topic: "~/target/set",
  min_temp: 10,
  max_temp: 28,
  temp_step: 0.5,
  temperature_unit: "C",
  action_topic: "~/state",
  action_template: "{{ 'heating' if value_json.compressor else ('off' if value_json.mode == 'off' else 'idle') }}",
};

const reading = (key: string, unit: string, deviceClass: string, stateClass = "measurement") => ({
  name: key.replaceAll("_", " "),
  state_topic: "~/state",
  value_template: template(key),
  unit_of_measurement: unit,
  device_class: deviceClass,
  state_class: stateClass,
});

const announced = [
  { platform: "climate", id: "heating", config: climate },
  { platform: "sensor", id: "power", config: reading("power", "W", "power") },
  { platform: "sensor", id: "energy", config: reading("energy", "kWh", "energy", "total_increasing") },
  { platform: "sensor", id: "outdoor", config: reading("outdoor", "°C", "temperature") },
  {
    platform: "binary_sensor",
    id: "compressor",
    config: {
      name: "compressor",
      state_topic: "~/state",
      value_template: "{{ 'ON' if value_json.compressor else 'OFF' }}",
      device_class: "running",
    },
  },
  {
    platform: "number",
    id: "water",
    config: {
      name: "hot water",
      state_topic: "~/state",
      value_template: template("water"),
      command_topic: "~/water/set",
      min: 35,
      max: 65,
      step: 1,
      unit_of_measurement: "°C",
      device_class: "temperature",
    },
  },
  {
    platform: "select",
    id: "boost",
    config: {
      name: "boost",
      state_topic: "~/state",
      value_template: template("boost"),
      command_topic: "~/boost/set",
      options: boosts,
    },
  },
];

/** A heat pump in the device form: everything in one state, read by templates. */
export const heatPump = kind(
  "heat-pump",
  "heat pump in the device form: climate, number, select, sensors by templates",
  z.strictObject({}),
  (entry) => {
    const room = new Room(entry.seed, 20.5);
    const telling = new Every(15);
    let water = 50;
    let boost = "off";
    let wh = 3_412_000;
    const watts = (): number => (room.demand > 0.05 ? 480 + 1400 * room.demand : 9);
    const setters: Readonly<Record<string, (payload: string) => boolean>> = {
      "mode/set"(payload) {
        if (payload !== "off" && payload !== "heat") return false;
        room.active = payload === "heat";
        return true;
      },
      "target/set"(payload) {
        const wanted = numberOf(payload);
        if (wanted === undefined || wanted < 10 || wanted > 28) return false;
        room.setpoint = wanted;
        return true;
      },
      "water/set"(payload) {
        const wanted = numberOf(payload);
        if (wanted === undefined || wanted < 35 || wanted > 65) return false;
        water = wanted;
        return true;
      },
      "boost/set"(payload) {
        if (!boosts.includes(payload)) return false;
        boost = payload;
        return true;
      },
    };
    return new HaPublisher(entry, {
      manufacturer: "Warmth Works",
      model: "Aero 8",
      form: "device",
      announced,
      states: (now) => [
        [
          "state",
          {
            mode: room.active ? "heat" : "off",
            room: round(room.temperature, 1),
            target: room.setpoint,
            water,
            boost,
            power: round(watts(), 0),
            energy: round(wh / 1000, 3),
            outdoor: round(air(entry.seed, now, 4).temperature, 1),
            compressor: watts() > 20,
          },
        ],
      ],
      step(seconds, now) {
        room.step(seconds, now);
        wh += (watts() * seconds) / 3600;
        return telling.due(now) ? { tails: ["state"] } : {};
      },
      command: (tail, payload) => (Object.hasOwn(setters, tail) && setters[tail]?.(payload) ? ["state"] : undefined),
      reset() {
        wh = 0;
      },
    });
  },
);

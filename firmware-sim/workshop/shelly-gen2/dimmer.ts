import { z } from "zod";
import { round } from "../../devices/device.ts";
import { kind } from "../kind.ts";
import { Lamp } from "../things/lamp.ts";
import { type Answer, badArgument, missing, ShellyGen2 } from "./shelly.ts";
import { chip } from "./system.ts";

const options = z.strictObject({
  watts: z.number().min(1).max(200).default(34).describe("the lamps at full level, W"),
});

const configs = {
  "light:0": {
    id: 0,
    name: null,
    initial_state: "restore_last",
    transition_duration: 0.5,
    min_brightness_on_toggle: 3,
    range_map: [0, 100],
    default: { brightness: 60 },
  },
  "input:0": { id: 0, name: null, type: "button", enable: true, invert: false },
};

/** Shelly Dimmer Gen3: brightness in percent, fades in seconds. */
export const dimmer = kind(
  "dimmer",
  "Shelly Dimmer Gen3: brightness, transitions, power",
  options,
  (entry, { watts }) => {
    const lamp = new Lamp();
    let source = "init";
    let wh = 21_400;
    const component = (): Record<string, unknown> => ({
      id: 0,
      source,
      output: lamp.on,
      brightness: Math.round(lamp.wanted * 100),
      temperature: chip(47.1),
      aenergy: { total: round(wh, 3), by_minute: [0, 0, 0], minute_ts: 0 },
      apower: round(lamp.watts(watts), 1),
      current: round(lamp.watts(watts) / 230, 3),
      voltage: 230.4,
    });
    const told = (was: boolean): Answer => {
      source = "MQTT";
      const brightness = Math.round(lamp.wanted * 100);
      return { result: { was_on: was }, notify: { "light:0": { id: 0, output: lamp.on, brightness, source } } };
    };

    return new ShellyGen2(entry, {
      model: "S3DM-0A101WWL",
      app: "DimmerG3",
      type: "shellydimmerg3",
      gen: 3,
      configs: () => configs,
      status: () => ({ "input:0": { id: 0, state: null }, "light:0": component() }),
      step(seconds) {
        wh += (lamp.watts(watts) * seconds) / 3600;
        return lamp.step(seconds) ? { notify: { "light:0": component() } } : {};
      },
      call(method, params) {
        if (method !== "Light.Set" && method !== "Light.Toggle") return undefined;
        if (params.id !== 0) return badArgument("id", params.id);
        const was = lamp.on;
        const { on, brightness, transition_duration: fade } = params;
        const seconds = typeof fade === "number" && fade >= 0 ? Math.min(fade, 10_800) : 0.5;
        if (method === "Light.Toggle") {
          lamp.turn(!was, seconds);
          return told(was);
        }
        if (on === undefined && brightness === undefined) return missing("on");
        if (on !== undefined && typeof on !== "boolean") return missing("on");
        if (brightness !== undefined) {
          if (typeof brightness !== "number" || brightness < 0 || brightness > 100) return missing("brightness");
          lamp.dim(brightness / 100, seconds);
          if (on === undefined && !was) lamp.turn(false);
        }
        if (on !== undefined) lamp.turn(on, seconds);
        return told(was);
      },
      simple(component, [word, value]) {
        if (component !== "light:0") return undefined;
        if (word === "toggle") return ["Light.Toggle", { id: 0 }];
        if (word === "set" && value !== undefined) return ["Light.Set", { id: 0, on: true, brightness: Number(value) }];
        return word === "on" || word === "off" ? ["Light.Set", { id: 0, on: word === "on" }] : undefined;
      },
      reset() {
        wh = 0;
      },
    });
  },
);

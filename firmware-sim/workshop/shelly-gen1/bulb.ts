import { z } from "zod";
import { isObject, round } from "../../devices/device.ts";
import { numberOf, plain } from "../firmware.ts";
import { kind } from "../kind.ts";
import { Lamp } from "../things/lamp.ts";
import { onOff, ShellyGen1, type Topic, turned, wattMinutes } from "./shelly.ts";

/** W at full level. */
const full = 9;

/** Shelly Duo: white light from 2700 to 6500 K. */
export const bulb = kind(
  "bulb",
  "Shelly Duo: white light with colour temperature, transitions",
  z.strictObject({}),
  (entry) => {
    const lamp = new Lamp();
    let kelvin = 4000;
    let wh = 0;
    let transition = 500;
    const status = () => ({
      ison: lamp.on,
      source: "mqtt",
      has_timer: false,
      timer_started: 0,
      timer_duration: 0,
      timer_remaining: 0,
      brightness: Math.round(lamp.wanted * 100),
      white: Math.round(((kelvin - 2700) / 3800) * 100),
      temp: kelvin,
      transition,
    });
    const state = (): readonly Topic[] => [
      ["light/0", onOff(lamp.on)],
      ["light/0/status", JSON.stringify(status())],
    ];
    /** Numbers outside the range are taken as its end, other words are ignored. */
    function set(body: Record<string, unknown>): void {
      const number = (key: string): number | undefined => numberOf(Object.hasOwn(body, key) ? body[key] : undefined);
      const fade = number("transition");
      if (fade !== undefined) transition = Math.max(0, Math.min(5000, fade));
      const brightness = number("brightness");
      const temp = number("temp");
      const white = number("white");
      if (temp !== undefined) kelvin = Math.round(Math.max(2700, Math.min(6500, temp)));
      if (white !== undefined) kelvin = Math.round(2700 + 38 * Math.max(0, Math.min(100, white)));
      const on = turned(body.turn, lamp.on);
      const was = lamp.on;
      if (brightness !== undefined) lamp.dim(brightness / 100, transition / 1000);
      // Brightness alone does not switch the lamp.
      if (on ?? was) lamp.turn(true, transition / 1000);
      else lamp.turn(false, brightness === undefined ? transition / 1000 : 0);
    }
    return new ShellyGen1(entry, {
      model: "SHBDUO-1",
      type: "ShellyBulbDuo",
      mode: "white",
      topics: () => [...state(), ["light/0/power", lamp.watts(full).toFixed(2)], ["light/0/energy", wattMinutes(wh)]],
      info: () => ({
        lights: [status()],
        meters: [
          { power: round(lamp.watts(full), 2), is_valid: true, timestamp: 0, counters: [0, 0, 0], total: wh * 60 },
        ],
      }),
      step(seconds) {
        wh += (lamp.watts(full) * seconds) / 3600;
        return lamp.step(seconds) ? state() : [];
      },
      command(tail, payload) {
        // A word to `command` is the `turn` of a `set`.
        const body =
          tail === "light/0/command" ? { turn: payload } : tail === "light/0/set" ? plain(payload) : undefined;
        if (!isObject(body) || (tail === "light/0/command" && turned(payload, true) === undefined)) return undefined;
        set(body);
        return state();
      },
      reset() {
        wh = 0;
      },
    });
  },
);

import { z } from "zod";
import { numberOf } from "../firmware.ts";
import { kind } from "../kind.ts";
import { Shutter } from "../things/shutter.ts";
import { Esphome } from "./esphome.ts";

const options = z.strictObject({ seconds: z.number().min(1).max(300).default(16).describe("from end to end, s") });

/** A garage door on a time-based cover, with its end switch. */
export const cover = kind("cover", "garage door: position and an end switch", options, (entry, { seconds: travel }) => {
  const door = new Shutter(travel, 0);
  let told = 0;
  const state = (): string => door.moving ?? (door.position === 0 ? "closed" : "open");
  return new Esphome(entry, {
    board: "esp32-c3-devkitm-1",
    platform: "ESP32",
    components: [
      {
        type: "cover",
        id: "door",
        name: "Door",
        config: {
          dev_cla: "garage",
          pos_t: "%/position/state",
          set_pos_t: "%/position/command",
          stat_t: "%/state",
          cmd_t: "%/command",
        },
        state: () => ({ "": state(), position: String(Math.round(door.position)) }),
        command(payload, tail) {
          const wanted = numberOf(payload);
          if (tail === "position" && wanted !== undefined && wanted >= 0 && wanted <= 100) door.go(Math.round(wanted));
          else if (tail === "" && payload === "OPEN") door.go(100);
          else if (tail === "" && payload === "CLOSE") door.go(0);
          else if (tail === "" && payload === "STOP") door.stop();
          else return false;
          return true;
        },
      },
      {
        type: "binary_sensor",
        id: "closed_end",
        name: "Closed end",
        config: { dev_cla: "garage_door", stat_t: "%/state" },
        state: () => (door.position === 0 ? "OFF" : "ON"),
      },
    ],
    step(seconds, now) {
      const closed = door.position === 0;
      const arrived = door.step(seconds);
      const ended = closed !== (door.position === 0);
      if (!arrived && !ended && (!door.moving || now.elapsed - told < 1)) return [];
      told = now.elapsed;
      return ended ? ["door", "closed_end"] : ["door"];
    },
  });
});

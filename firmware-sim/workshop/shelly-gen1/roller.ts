import { z } from "zod";
import { round } from "../../devices/device.ts";
import { numberOf } from "../firmware.ts";
import { kind } from "../kind.ts";
import { Shutter } from "../things/shutter.ts";
import { ShellyGen1, type Topic, wattMinutes } from "./shelly.ts";

const options = z.strictObject({ seconds: z.number().min(1).max(300).default(24).describe("from end to end, s") });

const words = { opening: "open", closing: "close" };

/** Shelly 2.5 in roller mode, calibrated: the position is told when it stands. */
export const roller = kind("roller", "Shelly 2.5 with a calibrated shutter", options, (entry, { seconds: travel }) => {
  const shutter = new Shutter(travel);
  let wh = 0;
  let last: "open" | "close" = "open";
  const word = (): string => (shutter.moving ? words[shutter.moving] : "stop");
  const watts = (): number => (shutter.moving ? 142 : 0);
  const position = (): Topic => ["roller/0/pos", String(Math.round(shutter.position))];
  const begun = (): readonly Topic[] => {
    if (shutter.moving) last = shutter.moving === "opening" ? "open" : "close";
    return shutter.moving ? [["roller/0", word()]] : [["roller/0", word()], position()];
  };
  return new ShellyGen1(entry, {
    model: "SHSW-25",
    type: "shellyswitch25",
    mode: "roller",
    topics: () => [
      ["roller/0", word()],
      position(),
      ["roller/0/power", watts().toFixed(2)],
      ["roller/0/energy", wattMinutes(wh)],
      ["roller/0/stop_reason", "normal"],
      ["input/0", "0"],
      ["input/1", "0"],
      ["temperature", "51.02"],
      ["temperature_f", "123.84"],
      ["overtemperature", "0"],
      ["voltage", "231.4"],
    ],
    info: () => ({
      rollers: [
        {
          state: word(),
          source: "mqtt",
          power: watts(),
          is_valid: true,
          safety_switch: false,
          overtemperature: false,
          stop_reason: "normal",
          last_direction: last,
          current_pos: Math.round(shutter.position),
          calibrating: false,
          positioning: true,
        },
      ],
      meters: [{ power: watts(), is_valid: true, counters: [0, 0, 0], total: round(wh * 60, 0) }],
      voltage: 231.4,
    }),
    step(seconds) {
      wh += (watts() * seconds) / 3600;
      return shutter.step(seconds) ? [["roller/0", "stop"], position()] : [];
    },
    command(tail, payload) {
      if (tail === "roller/0/command/pos") {
        const pos = numberOf(payload);
        if (pos === undefined || pos < 0 || pos > 100) return undefined;
        shutter.go(Math.round(pos));
        return begun();
      }
      if (tail !== "roller/0/command") return undefined;
      if (payload === "open") shutter.go(100);
      else if (payload === "close") shutter.go(0);
      else if (payload === "stop") shutter.stop();
      else return undefined;
      return begun();
    },
    reset() {
      wh = 0;
    },
  });
});

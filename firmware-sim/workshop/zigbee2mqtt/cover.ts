import { z } from "zod";
import { linkQuality, numeric } from "../../devices/zigbee/exposes.ts";
import { numberOf } from "../firmware.ts";
import { kind } from "../kind.ts";
import { Shutter } from "../things/shutter.ts";
import { device, noConverter } from "./product.ts";

const options = z.strictObject({ seconds: z.number().min(1).max(300).default(18).describe("from end to end, s") });

const features = [
  {
    access: 3 as const,
    description: "",
    label: "State",
    name: "state",
    property: "state",
    type: "enum",
    values: ["OPEN", "CLOSE", "STOP"],
  },
  numeric("position", 7, "%", "Position of this cover", { value_min: 0, value_max: 100 }),
];

/** A roller blind; 100 is open. */
export const cover = kind(
  "cover",
  "roller blind: position, tells its way every two seconds",
  options,
  (entry, { seconds: travel }) => {
    const blind = new Shutter(travel);
    let told = 0;
    return device(entry, {
      vendor: "IKEA",
      model: "E1757",
      description: "FYRTUR roller blind, block-out",
      modelId: "FYRTUR block-out roller blind",
      manufacturer: "IKEA of Sweden",
      battery: true,
      exposes: [
        { type: "cover", features },
        numeric("battery", 5, "%", "Remaining battery in %", { value_min: 0, value_max: 100 }),
        linkQuality,
      ],
      state: () => ({
        state: blind.position > 0 ? "OPEN" : "CLOSE",
        position: Math.round(blind.position),
        battery: 81,
      }),
      step(seconds, now) {
        if (blind.step(seconds)) return true;
        if (!blind.moving || now.elapsed - told < 2) return false;
        told = now.elapsed;
        return true;
      },
      set(key, value) {
        const word = String(value).toUpperCase();
        if (key === "position") {
          const wanted = numberOf(value);
          if (wanted === undefined || wanted < 0 || wanted > 100) return `Value '${String(value)}' is out of range`;
          blind.go(Math.round(wanted));
        } else if (key !== "state") return noConverter(key);
        else if (word === "OPEN" || word === "ON") blind.go(100);
        else if (word === "CLOSE" || word === "OFF") blind.go(0);
        else if (word === "STOP") blind.stop();
        else return `Value '${String(value)}' is not allowed for 'state'`;
        return undefined;
      },
    });
  },
);

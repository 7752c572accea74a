import { z } from "zod";
import { batteryLevel, choice, linkQuality } from "../../devices/zigbee/exposes.ts";
import { hash } from "../../random.ts";
import { Every } from "../firmware.ts";
import { kind } from "../kind.ts";
import { cell } from "../things/air.ts";
import { device } from "./product.ts";

const options = z.strictObject({ every: z.number().min(1).max(86_400).default(35).describe("s between two presses") });

const actions = ["single", "double", "long"];

/** A button: its action is in one message and gone from the next. */
export const remote = kind("remote", "button: single, double and long as actions", options, (entry, { every }) => {
  const pressing = new Every(every);
  let pressed = 0;
  return device(entry, {
    vendor: "SONOFF",
    model: "SNZB-01",
    description: "Wireless button",
    modelId: "WB01",
    manufacturer: "eWeLink",
    battery: true,
    exposes: [batteryLevel, choice("action", 1, actions, "Triggered action (e.g. a button click)"), linkQuality],
    state: (now) => ({ battery: cell(entry.seed, now) }),
    step(_seconds, now) {
      if (!pressing.due(now)) return false;
      pressed += 1;
      return { action: actions[hash(entry.seed, 29, pressed) % actions.length] };
    },
  });
});

import { z } from "zod";
import { hash } from "../../random.ts";
import { Every } from "../firmware.ts";
import { kind } from "../kind.ts";
import { powered, word } from "./outputs.ts";
import { Tasmota } from "./tasmota.ts";

const options = z.strictObject({
  every: z.number().min(1).max(86_400).default(60).describe("s between two presses of its button"),
});

const actions = ["SINGLE", "DOUBLE", "HOLD"] as const;

/** Two relays and a detached button (SetOption73), which is told and moves nothing. */
export const wallSwitch = kind(
  "switch",
  "two relays and a button that sends SINGLE, DOUBLE and HOLD",
  options,
  (entry, { every }) => {
    const outputs = [false, false];
    const pressing = new Every(every);
    let pressed = 0;
    const key = (i: number): string => `POWER${i + 1}`;
    return new Tasmota(entry, {
      model: "Sonoff T1 2CH",
      relays: [1, 1],
      friendly: [`${entry.name} left`, `${entry.name} right`],
      buttons: [1],
      options: { 73: 1 },
      state: () => Object.fromEntries(outputs.map((on, i) => [key(i), word(on)])),
      sensors: () => ({}),
      step(_seconds, now) {
        if (!pressing.due(now)) return [];
        const action = actions[hash(entry.seed, 23, pressed) % actions.length] ?? "SINGLE";
        pressed += 1;
        return [{ result: { Button1: { Action: action } } }];
      },
      command(name, index, payload) {
        const i = index - 1;
        const now = outputs[i];
        if (name !== "POWER" || now === undefined) return undefined;
        const on = powered(payload, now);
        if (on === undefined) return "error";
        if (on !== "ask") outputs[i] = on;
        return { result: { [key(i)]: word(outputs[i] ?? false) }, power: [[key(i), word(outputs[i] ?? false)]] };
      },
    });
  },
);

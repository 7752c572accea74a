import { z } from "zod";
import { hash } from "../../random.ts";
import { Every } from "../firmware.ts";
import { kind } from "../kind.ts";
import { ShellyGen1, type Topic } from "./shelly.ts";

const options = z.strictObject({ every: z.number().min(1).max(86_400).default(45).describe("s between two presses") });

const presses = ["S", "SS", "SSS", "L"] as const;

/** Shelly i3: three inputs that tell presses with a count, so that two equal ones can be told apart. */
export const button = kind(
  "i3",
  "Shelly i3: three inputs, short, double, triple and long presses",
  options,
  (entry, { every }) => {
    const pressing = new Every(every);
    const events = [0, 1, 2].map(() => ({ event: "", event_cnt: 0 }));
    let pressed = 0;
    const input = (i: number): readonly Topic[] => [
      [`input/${i}`, "0"],
      [`input_event/${i}`, JSON.stringify(events[i])],
    ];
    return new ShellyGen1(entry, {
      model: "SHIX3-1",
      type: "shellyix3",
      topics: () => [0, 1, 2].flatMap(input),
      info: () => ({ inputs: events.map((event) => ({ input: 0, ...event, last_sequence: event.event })) }),
      step(_seconds, now) {
        if (!pressing.due(now)) return [];
        const i = hash(entry.seed, 21, pressed) % 3;
        const event = presses[hash(entry.seed, 22, pressed) % presses.length] ?? "S";
        pressed += 1;
        events[i] = { event, event_cnt: (events[i]?.event_cnt ?? 0) + 1 };
        const long: Topic = [`longpush/${i}`, event === "L" ? "1" : "0"];
        return [[`input/${i}`, "1"], ...input(i), long];
      },
    });
  },
);

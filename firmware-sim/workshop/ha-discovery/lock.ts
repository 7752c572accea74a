import { z } from "zod";
import { Every } from "../firmware.ts";
import { kind } from "../kind.ts";
import { cell } from "../things/air.ts";
import { HaPublisher } from "./publisher.ts";

const options = z.strictObject({
  seconds: z.number().min(0.2).max(60).default(3).describe("s that the bolt takes"),
  every: z.number().min(1).max(86_400).default(120).describe("s between two rings of its bell"),
});

/** A door lock with a bell: states on the way, and an event that is no state. */
export const lock = kind(
  "lock",
  "door lock with LOCKING and UNLOCKING, battery, a bell as an event",
  options,
  (entry, { seconds: takes, every }) => {
    const ringing = new Every(every);
    let state = "LOCKED";
    let arrives = Number.POSITIVE_INFINITY;
    return new HaPublisher(entry, {
      manufacturer: "Tür & Tor",
      model: "Bolt 3",
      form: "single",
      retained: true,
      announced: [
        { platform: "lock", id: "lock", config: { name: null, stat_t: "~/lock", cmd_t: "~/lock/set" } },
        {
          platform: "sensor",
          id: "battery",
          config: {
            name: "Battery",
            stat_t: "~/battery",
            dev_cla: "battery",
            unit_of_meas: "%",
            ent_cat: "diagnostic",
          },
        },
        {
          platform: "event",
          id: "bell",
          config: { name: "Bell", stat_t: "~/bell", evt_typ: ["press", "hold"], dev_cla: "doorbell" },
        },
      ],
      states: (now) => [
        ["lock", state],
        ["battery", String(cell(entry.seed, now))],
      ],
      step(_seconds, now) {
        const events = ringing.due(now) ? ([["bell", { event_type: "press" }]] as const) : [];
        if (now.elapsed < arrives) return { events };
        arrives = Number.POSITIVE_INFINITY;
        state = state === "LOCKING" ? "LOCKED" : "UNLOCKED";
        return { tails: ["lock"], events };
      },
      command(tail, payload, now) {
        if (tail !== "lock/set" || (payload !== "LOCK" && payload !== "UNLOCK")) return undefined;
        if (state === `${payload}ED`) return ["lock"];
        state = `${payload}ING`;
        arrives = now.elapsed + takes;
        return ["lock"];
      },
    });
  },
);

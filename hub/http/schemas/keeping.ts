import { z } from "@hono/zod-openapi";
import { type Keeping, keepingLimits } from "../../model/keeping.ts";

const within = (field: keyof Keeping, description: string) => {
  const [least, most] = keepingLimits[field];
  return z.number().min(least).max(most).openapi({ description });
};

export const keeping = z
  .strictObject({
    rawDays: within("rawDays", "raw readings are kept so many days"),
    fineDays: within("fineDays", "five-minute values, days; at least as long as raw readings"),
    hourlyYears: within("hourlyYears", "hourly values, years"),
    budgetMb: within(
      "budgetMb",
      "MB (10^6 bytes) that the hub may write on an ordinary day: where it would be more, readings are written less often, then fewer of them are kept",
    ),
    enduranceTb: within(
      "enduranceTb",
      "TB (10^12 bytes) that the card bears before it wears out: its maker's figure (TBW), or some 300 times its size",
    ),
  })
  .openapi("Keeping");

const bytes = (description: string) =>
  z
    .number()
    .optional()
    .openapi({ description: `bytes ${description}; absent: the kernel does not tell, or it is too early` });

export const keepingView = z
  .object({
    keeping,
    load: z
      .object({
        measuredMs: z.number().openapi({ description: "how long was measured, at most a day" }),
        hubBytes: bytes("written in that time by the hub and what it started, by the kernel's count"),
        diskBytes: bytes("written in that time to the whole disk, by all programs and the file system itself"),
        hubBytesADay: bytes("that the hub writes on an ordinary day"),
        diskBytesADay: bytes("that the whole disk takes on an ordinary day"),
        batchMs: z.number().openapi({
          description: "readings wait this long to be written together: so much of them a power cut can take",
        }),
        thinMs: z.number().openapi({
          description: "of each attribute's numbers one in this time is kept; 0: all are. Budget at work.",
        }),
        yearsLeft: z.number().optional().openapi({ description: "how long the card lasts at this load" }),
        wearFactor: z
          .number()
          .openapi({ description: "a card rewrites more than it is given: each byte counts so often" }),
      })
      .openapi("CardLoad"),
    databaseBytes: z.number(),
  })
  .openapi("KeepingView");

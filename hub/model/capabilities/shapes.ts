/** Shapes of values that many capabilities share. */

export const percent = { type: "number", unit: "%", min: 0, max: 100 } as const;
export const watts = { type: "number", unit: "W", min: -1_000_000, max: 1_000_000 } as const;
/** Matter's durations are 32 bits wide. */
export const seconds = { type: "number", unit: "s", min: 0, max: 4_294_967_295 } as const;
/** Until the end of Matter's clock, which counts 32 bits from 2000. */
export const moment = { type: "number", unit: "epoch-s", min: 0, max: 5_241_652_095 } as const;
export const yesNo = { type: "boolean", words: ["no", "yes"] } as const;

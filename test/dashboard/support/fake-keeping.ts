import type { Keeping, KeepingView } from "../../../hub/http/schemas.ts";

/** A card that had to bear more than it was allowed. */
export const fakeKeeping = (set?: Keeping): KeepingView => ({
  keeping: set ?? { rawDays: 10, fineDays: 400, hourlyYears: 10, budgetMb: 60, enduranceTb: 10 },
  load: {
    measuredMs: 86_400_000,
    hubBytes: 71e6,
    diskBytes: 180e6,
    hubBytesADay: 72e6,
    diskBytesADay: 181e6,
    batchMs: 60_000,
    thinMs: 0,
    yearsLeft: 37.8,
    wearFactor: 4,
  },
  databaseBytes: 412e6,
});

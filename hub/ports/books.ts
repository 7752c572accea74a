/** The house's books: what it used over any stretch of time, and what that cost. Implemented by shells; nothing here does anything. */
import type { CalendarUnit } from "../model/calendar.ts";
import type { LedgerRow } from "../model/energy.ts";

export interface LedgerQuery {
  /** Epoch ms; rows are whole and begin at or before `from`, and end at or after `to` or with the present. */
  readonly from: number;
  readonly to: number;
  readonly by: "hour" | CalendarUnit;
}

export interface Books {
  /** Rejects with a RangeError naming the field for a range that is empty or has more than 400 rows. */
  ledger(query: LedgerQuery): Promise<readonly LedgerRow[]>;
}

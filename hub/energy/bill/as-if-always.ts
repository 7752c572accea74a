import type { PricedTariff } from "../../model/tariff.ts";
import { localTime } from "../clock.ts";
import { inForce } from "./bill.ts";
import { ALWAYS } from "./simple.ts";

/**
 * A tariff as if the contract in force at a moment (epoch ms) had always held: what something would have saved in the past tells of what it
 * will save only at the prices that it will meet. Published prices of the past stay what they were.
 */
export function asIfAlways(tariff: PricedTariff, at: number, timeZone: string): PricedTariff {
  const { priced } = tariff;
  if (!priced || priced.book.contracts.length < 2) return tariff;
  const { day } = localTime(at, timeZone);
  const now = inForce(priced.book).findLast(({ contract }) => contract.validFrom <= day);
  if (!now) return tariff;
  const contracts = [{ ...now.contract, validFrom: ALWAYS }];
  return { ...tariff, priced: { ...priced, book: { ...priced.book, contracts } } };
}

import type { Repair } from "../../hub/http/schemas.ts";
import { moment } from "./format.ts";

const KINDS: Readonly<Record<Repair["kind"], string>> = {
  reset: "The counter began again",
  rollover: "The counter's register was full",
  dip: "The counter fell for a moment",
  spike: "The counter rose for a moment",
  jump: "The counter jumped",
  replaced: "The counter went on from another stand",
  unit: "The counter changed its unit",
  clock: "The clock was wrong",
  gap: "The counter was silent",
  watching: "The counter is being watched",
  power: "A power that can't be",
  "power-unit": "The power changed its unit",
};

export const kindWords = (kind: Repair["kind"]): string => KINDS[kind];

export const amount = (kwh: number): string => {
  const digits = Math.abs(kwh) < 10 ? 2 : 0;
  return `${kwh.toLocaleString("en", { maximumFractionDigits: digits })} kWh`;
};

/** When it was, as one moment where it was short. */
export function period(from: number, to: number, timeZone: string | undefined): string {
  const start = moment(from, timeZone);
  return to - from < 120_000 ? start : `${start} to ${moment(to, timeZone)}`;
}

import type { ArgView } from "../../hub/http/schemas.ts";
import { clock, number } from "./format.ts";

/** How a person enters an argument of a kind, and how the entry becomes its value. */
export interface Entry {
  readonly input: "datetime-local" | "time" | "number" | "text";
  /** Behind the label: what the number counts, and its range. */
  readonly note: string;
  readonly min?: number | string;
  readonly max?: number | string;
  readonly step?: number | string;
  /** What the field begins with for a value that is known. */
  readonly shown: (value: unknown) => string;
  /** What is sent for an entry. */
  readonly value: (text: string) => number | string;
}

/** Beyond this a bound is only the format's, not the device's. */
const REAL_BOUND = 100_000;
/** Longer times than a day are entered in minutes, not in seconds. */
const DAY_S = 86_400;

const text: Entry = { input: "text", note: "", shown: (value) => String(value ?? ""), value: (entry) => entry };

/** `2026-03-04T07:30` of a moment, by this device's clock. */
function localTime(epochS: number): string {
  const at = new Date(epochS * 1000);
  const two = (n: number) => String(n).padStart(2, "0");
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

const moment: Entry = {
  ...{ input: "datetime-local", note: "" },
  shown: (value) => (typeof value === "number" && value > 0 ? localTime(value) : ""),
  value: (entry) => Math.round(new Date(entry).getTime() / 1000),
};

const timeOfDay: Entry = {
  ...{ input: "time", note: "" },
  shown: (value) => (typeof value === "number" ? clock(value) : ""),
  value: (entry) => {
    const [hours, minutes] = entry.split(":").map(Number);
    return (hours ?? 0) * 60 + (minutes ?? 0);
  },
};

const minutes = (min: number | undefined): Entry => ({
  ...{ input: "number", note: " (min)", min: Math.ceil((min ?? 0) / 60), step: "any" },
  shown: (value) => (typeof value === "number" ? String(Math.round(value / 6) / 10) : ""),
  value: (entry) => Math.round(Number(entry) * 60),
});

function range(min: number | undefined, max: number | undefined): string {
  const real = (n: number | undefined): n is number => n !== undefined && Math.abs(n) < REAL_BOUND;
  return real(min) && real(max) ? `, ${number(min, 3)} to ${number(max, 3)}` : "";
}

/** The way to enter an argument; enums and yes or no are chosen, not entered. */
export function entryOf(arg: Pick<ArgView, "type" | "unit" | "unitText" | "min" | "max" | "step">): Entry {
  if (arg.type !== "number") return text;
  if (arg.unit === "epoch-s") return moment;
  if (arg.unit === "min-of-day") return timeOfDay;
  if (arg.unit === "s" && (arg.max ?? 0) > DAY_S) return minutes(arg.min);
  return {
    input: "number",
    note: `${arg.unitText ? ` (${arg.unitText})` : ""}${range(arg.min, arg.max)}`,
    ...(arg.min === undefined ? {} : { min: arg.min }),
    ...(arg.max === undefined ? {} : { max: arg.max }),
    step: arg.step ?? "any",
    shown: (value) => String(value ?? ""),
    value: Number,
  };
}

/** What a problem must keep to before it is solved: a solver answers nonsense to nonsense. */
import { type Device, endOf, type Problem } from "./problem.ts";

const MOST_SLOTS = 200;
const MOST_DEVICES = 120;
const MOST_SCENARIOS = 5;
const MOST_TIERS = 6;
/** Larger numbers are no house's. */
const MOST = 1e7;

const bySlot: { readonly [K in Device["kind"]]: readonly string[] } = {
  battery: [],
  car: ["present", "usedKwh"],
  tank: ["cop", "drawKwh", "lowC", "rests"],
  room: ["kPerKwh", "outsideC", "freeK", "lowC", "highC"],
  appliance: [],
  solar: ["yieldKwh"],
};

/** The first number below `value` that is none, by its path. Times are left to others: they are large. */
function oddNumber(value: unknown, path: string): string | undefined {
  if (typeof value === "number")
    return Number.isFinite(value) && (Math.abs(value) <= MOST || value > 1e11) ? undefined : path;
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const odd = oddNumber(inner, `${path}.${key}`);
    if (odd !== undefined) return odd;
  }
  return undefined;
}

function faultOfDevice(d: Device, count: number): string | undefined {
  const path = `devices.${d.id}`;
  for (const [key, list] of Object.entries(d)) {
    const listed = bySlot[d.kind].includes(key) || key === "blocked";
    if (listed && Array.isArray(list) && list.length !== count)
      return `${path}.${key}: must have ${count} entries, one a slot`;
  }
  const positive = (key: string, value: number, most = MOST) =>
    value > 0 && value <= most
      ? undefined
      : `${path}.${key}: must be above 0${most < MOST ? ` and at most ${most}` : ""}`;
  switch (d.kind) {
    case "battery":
      return (
        positive("chargeEfficiency", d.chargeEfficiency, 1) ?? positive("dischargeEfficiency", d.dischargeEfficiency, 1)
      );
    case "car":
      return positive("efficiency", d.efficiency, 1);
    case "tank":
      return positive("kwhPerK", d.kwhPerK);
    case "appliance":
      return d.cycle.every((part) => part.minutes > 0) ? undefined : `${path}.cycle: minutes must be above 0`;
    case "room":
      return d.lossPerHour >= 0 ? undefined : `${path}.lossPerHour: must not be below 0`;
    case "solar":
      return d.yieldKwh.every((kwh) => kwh >= 0) ? undefined : `${path}.yieldKwh: must not be below 0`;
  }
}

/** The field that is wrong and what it must be; undefined for a problem that can be solved. */
export function faultOf(problem: Problem): string | undefined {
  const { slots, devices, scenarios = [], house } = problem;
  if (slots.length === 0 || slots.length > MOST_SLOTS) return `slots: there must be 1 to ${MOST_SLOTS}`;
  if (devices.length > MOST_DEVICES) return `devices: at most ${MOST_DEVICES}`;
  if (scenarios.length > MOST_SCENARIOS) return `scenarios: at most ${MOST_SCENARIOS}`;
  if ((house.tiers?.length ?? 0) > MOST_TIERS) return `house.tiers: at most ${MOST_TIERS}`;
  if (new Set(devices.map((d) => d.id)).size < devices.length) return "devices: each id may come only once";
  const { before: _, ...rest } = problem;
  const odd = oddNumber(rest, "problem");
  if (odd !== undefined) return `${odd}: must be a number of a size that a house has`;
  const gap = slots.findIndex((s, t) => s.hours <= 0 || (t > 0 && Math.abs(s.from - endOf(slots[t - 1] ?? s)) > 1000));
  if (gap >= 0) return `slots.${gap}: must begin where the one before ends, and last some time`;
  if (scenarios.some((s) => s.loadKwh.length !== slots.length || s.pvKwh.length !== slots.length))
    return `scenarios: loadKwh and pvKwh must have ${slots.length} entries, one a slot`;
  return devices.map((d) => faultOfDevice(d, slots.length)).find((fault) => fault !== undefined);
}

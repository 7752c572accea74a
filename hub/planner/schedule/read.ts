/** Energies as what devices are told: modes and limits, in blocks. A fixed power would be wrong as soon as a cloud comes. */
import type { Account } from "./account.ts";
import type { Followed } from "./devices/device.ts";
import { type Battery, type Device, endOf, type Problem } from "./problem.ts";
import type { Block, PlannedDevice, PlannedSlot } from "./schedule.ts";
import { exportWorth, laterPrice } from "./weigh.ts";

/** Energies below this in an hour are nothing. */
const LEAST_KW = 0.02;
/** Charges that differ by less are the same. */
const SAME_KWH = 0.02;
/** A battery that gives less than this share of what the house lacks is held rather than following. */
const FOLLOWS = 0.3;
/** A load of which at least this share comes from sun that is over runs on sun. */
const ON_SUN = 0.9;

interface Around {
  readonly problem: Problem;
  readonly account: Account;
  /** The house without its batteries, kWh by slot. */
  readonly rest: readonly number[];
}

function batteryMode(d: Battery, f: Followed, rest: number, t: number, hours: number): PlannedSlot["mode"] | undefined {
  const kwh = f.kwh[t] ?? 0;
  const least = LEAST_KW * hours;
  if (kwh > Math.max(0, -rest) + least) return "chargeFromGrid";
  if (kwh > least) return "followLoad";
  if (-kwh > Math.max(0, rest) + least) return d.toGrid ? "dischargeToGrid" : "followLoad";
  if (-kwh > least && -kwh >= FOLLOWS * rest) return "followLoad";
  const before = t === 0 ? d.storedKwh : (f.level?.[t - 1] ?? 0);
  const empty = before <= d.emptyKwh + 0.02 * (d.fullKwh - d.emptyKwh);
  // With nothing to give or nobody to take it, both modes do the same: the one before goes on.
  return rest > least && !empty ? "hold" : undefined;
}

function batterySlots(d: Battery, f: Followed, { problem, rest }: Around): PlannedSlot[] {
  const modes = problem.slots.map((slot, t) => batteryMode(d, f, rest[t] ?? 0, t, slot.hours));
  let last: PlannedSlot["mode"] = modes.find((m) => m !== undefined && m !== "chargeFromGrid") ?? "followLoad";
  return modes.map((mode, t) => {
    last = mode ?? (last === "hold" ? "hold" : "followLoad");
    return { mode: last, kwh: f.kwh[t] ?? 0, level: f.level?.[t] ?? 0 };
  });
}

/** What a thermostat is set to: where the plan is by the slot's end, or the band's edge where it shall rest. */
function setpoint(d: Device, f: Followed, t: number, on: boolean): { setpointC: number } | Record<never, never> {
  if (d.kind !== "tank" && d.kind !== "room") return {};
  const cools = d.kind === "room" && (d.kPerKwh[t] ?? 0) < 0;
  const rests = cools ? d.highC[t] : d.lowC[t];
  return { setpointC: Math.round(((on ? f.level?.[t] : rests) ?? 0) * 10) / 10 };
}

/** Nothing is made up for after this: in the last hour before it is needed, what was foreseen of the sun may not come. */
const LAST_MS = 3_600_000;

/** A car's slot of which a need close by depends: that is charged as planned, whatever the sun gives. */
function isLastChance(d: Device, from: number, level: number | undefined): boolean {
  if (d.kind !== "car" || level === undefined) return false;
  return d.needs.some(({ by, storedKwh }) => by > from && by - from <= LAST_MS && level <= storedKwh + SAME_KWH);
}

function loadSlots(d: Device, f: Followed, { problem, account }: Around): PlannedSlot[] {
  return problem.slots.map((slot, t) => {
    const kwh = f.kwh[t] ?? 0;
    const on = kwh > LEAST_KW * slot.hours;
    const over = kwh + (account.exportKwh[t] ?? 0) - (account.importKwh[t] ?? 0);
    const level = f.level?.[t];
    const onSun = d.kind !== "appliance" && over >= ON_SUN * kwh && !isLastChance(d, slot.from, level);
    return {
      mode: !on ? "off" : onSun ? "sun" : "on",
      kwh,
      ...(level === undefined ? {} : { level }),
      ...setpoint(d, f, t, on),
    };
  });
}

function slotsOf(d: Device, around: Around): PlannedSlot[] {
  const f = around.account.followed.get(d.id);
  if (!f) return [];
  if (d.kind === "battery") return batterySlots(d, f, around);
  if (d.kind !== "solar") return loadSlots(d, f, around);
  return around.problem.slots.map((slot, t) => {
    const held = f.kwh[t] ?? 0;
    return { mode: held > LEAST_KW * slot.hours ? "curtailed" : "free", kwh: held - (d.yieldKwh[t] ?? 0) };
  });
}

/** What an account means for each device. */
export function plannedDevices(problem: Problem, account: Account): PlannedDevice[] {
  const rest = problem.slots.map((_, t) => {
    let net = (account.importKwh[t] ?? 0) - (account.exportKwh[t] ?? 0);
    for (const d of problem.devices) if (d.kind === "battery") net -= account.followed.get(d.id)?.kwh[t] ?? 0;
    return net;
  });
  const around = { problem, account, rest };
  return problem.devices.map((d) => ({ id: d.id, kind: d.kind, slots: slotsOf(d, around) }));
}

/** Nearer to empty than this share of the battery is empty. */
const NEAR = 0.05;

/** Charged up to the block's end; following goes down to the lowest that is planned, where that leaves something for later. */
function batteryLimit(d: Battery, slots: readonly PlannedSlot[], first: number, last: number): number | undefined {
  const mode = slots[first]?.mode;
  if (mode === "hold") return undefined;
  if (mode === "chargeFromGrid") return slots[last]?.level;
  const start = slots[first - 1]?.level ?? d.storedKwh;
  const lowest = slots.slice(first, last + 1).reduce((least, s) => Math.min(least, s.level ?? least), start);
  return lowest > d.emptyKwh + NEAR * (d.fullKwh - d.emptyKwh) ? lowest : undefined;
}

/** The limit that goes with a block's mode. */
function limitOf(
  d: Device,
  slots: readonly PlannedSlot[],
  problem: Problem,
  first: number,
  last: number,
): number | undefined {
  const mode = slots[first]?.mode;
  if (d.kind === "battery") return batteryLimit(d, slots, first, last);
  if (d.kind === "tank" || d.kind === "room")
    return slots
      .slice(first, last + 1)
      .reduce((most, s) => Math.max(most, s.setpointC ?? most), Number.NEGATIVE_INFINITY);
  if (d.kind !== "car" || mode === "off") return undefined;
  return slots
    .slice(first, last + 1)
    .reduce((most, s, k) => Math.max(most, s.kwh / (problem.slots[first + k]?.hours ?? 1)), 0);
}

/** Whether a device may run in a slot: a block ends where that changes. */
const may = (d: Device, t: number): boolean => d.blocked?.[t] !== true && (d.kind !== "car" || d.present[t] === true);

/** Up to what a car that is off takes sun that nobody foresaw: by day, while it is there and has room, where that gains. */
function sunUpTo(
  d: Device,
  slots: readonly PlannedSlot[],
  problem: Problem,
  first: number,
  last: number,
): { sunUpTo: number } | undefined {
  if (d.kind !== "car" || slots[first]?.mode !== "off" || !may(d, first)) return undefined;
  const worth = d.endValue ?? d.efficiency * laterPrice(problem);
  const gains = problem.slots.some((slot, t) => {
    if (t < first || t > last || slot.pvKwh < LEAST_KW * slot.hours) return false;
    return (slots[t]?.level ?? d.fullKwh) < d.fullKwh - SAME_KWH && exportWorth(problem, slot) < worth;
  });
  return gains ? { sunUpTo: d.fullKwh } : undefined;
}

/** Each device's slots put together to blocks, in order of device and time. */
export function blocksOf(problem: Problem, devices: readonly PlannedDevice[]): Block[] {
  return devices.flatMap(({ id, slots }, i) => {
    const device = problem.devices[i];
    const blocks: Block[] = [];
    for (let first = 0; first < slots.length; ) {
      const mode = slots[first]?.mode;
      if (!device || mode === undefined) break;
      const same = (t: number) => slots[t]?.mode === mode && may(device, t) === may(device, first);
      let last = first;
      while (last + 1 < slots.length && same(last + 1)) last++;
      const [begin, end] = [problem.slots[first], problem.slots[last]];
      if (!begin || !end) break;
      const kwh = slots.slice(first, last + 1).reduce((sum, s) => sum + s.kwh, 0);
      const limit = limitOf(device, slots, problem, first, last);
      const block: Block = { device: id, first, last, from: begin.from, to: endOf(end), mode, kwh };
      blocks.push({
        ...block,
        ...(limit === undefined ? {} : { limit }),
        ...sunUpTo(device, slots, problem, first, last),
      });
      first = last + 1;
    }
    return blocks;
  });
}

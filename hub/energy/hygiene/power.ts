/** The judge of a power: what is more than the connection carries, and W told as kW. */
import type { Pin, Repair, Stand } from "../../model/repair.ts";
import { isPast } from "./clock.ts";
import { belongs, evidenceOf, repairOf, together } from "./facts.ts";
import type { Change } from "./meter.ts";

export interface PowerMemory {
  readonly key: string;
  limitW: number;
  /** The last value, W as told, and since when it holds. */
  last: Stand | undefined;
  /** What a told number is in W. */
  scale: number;
  /** kWh by the power and by the counter of the same endpoint, since both are looked at together. */
  since: number;
  byPower: number;
  byCounter: number;
}

/** A value holds no longer than this. */
const HOLD_MS = 15 * 60_000;
/** So much by the counter shows in which unit the power is told. */
const ENOUGH_KWH = 0.2;
const ENOUGH_MS = 30 * 60_000;
/** No date is later: a unit holds until it changes. */
const ALWAYS = 2 ** 43;

/** A power goes on after a restart of the hub, in the unit that it told last. */
export function powerResumed(key: string, limitW: number, repairs: readonly Repair[]): PowerMemory {
  const unit = repairs.findLast((r) => r.kind === "power-unit" && r.state !== "undone")?.pins.at(-1);
  const scale = unit && unit.to.at === ALWAYS ? (unit.scale ?? 1) : 1;
  return { key, limitW, last: undefined, scale, since: 0, byPower: 0, byCounter: 0 };
}

/** One reading of a power; `repairs` are those of its series. `now`: the hub's clock as it is heard, epoch ms. */
export function powerHeard(
  memory: PowerMemory,
  at: number,
  watts: number,
  repairs: readonly Repair[],
  now = at,
): Change[] {
  const { last, limitW } = memory;
  if (last && at < last.at) {
    if (now >= last.at) return shorter(repairs, { at, kwh: watts });
    // The clock was set back: what was held until then is over.
    if (!isPast({ at, kwh: watts }, now))
      Object.assign(memory, { last: { at, kwh: watts }, since: at, byPower: 0, byCounter: 0 });
    return [];
  }
  memory.last = { at, kwh: watts };
  if (!last) {
    memory.since = at;
    return [];
  }
  const until = Math.min(at, last.at + HOLD_MS);
  const told = Math.abs(last.kwh * memory.scale);
  memory.byPower += (told * (until - last.at)) / 3.6e9;
  if (told <= limitW || until === last.at) return [];
  const pin: Pin = { from: last, to: { at: until, kwh: watts }, kwh: null, told: 0 };
  const repair = repairOf({ key: memory.key, kind: "power", pin, limitW });
  const before = repairs.findLast((r) => belongs(r, repair));
  return [{ put: before ? together(before, repair) : repair }];
}

/** A power that can't be held only until the next was told, also where that comes late. */
function shorter(repairs: readonly Repair[], stand: Stand): Change[] {
  return repairs.flatMap((repair): Change[] => {
    const holds = ({ from, to }: Pin) => stand.at > from.at && stand.at < to.at;
    if (repair.kind !== "power" || !repair.pins.some(holds)) return [];
    const pins = repair.pins.map((pin) => (holds(pin) ? { ...pin, to: stand } : pin));
    const to = Math.max(...pins.map((pin) => pin.to.at));
    return [{ put: { ...repair, pins, to, evidence: evidenceOf(pins, repair.evidence) }, late: true }];
  });
}

/** kWh that the counter of the same endpoint believed; with enough of them, the unit of the power is looked at. */
export function counted(memory: PowerMemory, at: number, kwh: number, repairs: readonly Repair[]): Change[] {
  memory.byCounter += kwh;
  if (memory.byCounter < ENOUGH_KWH || at - memory.since < ENOUGH_MS) return [];
  const { since, byPower, byCounter, scale } = memory;
  Object.assign(memory, { since: at, byPower: 0, byCounter: 0 });
  const ratio = byCounter / byPower;
  const factor = [1000, 0.001].find((f) => ratio > f / 1.5 && ratio < f * 1.5);
  if (byPower <= 0 || factor === undefined) return [];
  memory.scale = scale * factor;
  const open = repairs.findLast((r) => r.kind === "power-unit" && r.pins.at(-1)?.to.at === ALWAYS);
  // What seemed too much since then was only in the other unit.
  const wrong = repairs.filter((r) => r.kind === "power" && r.state === "active" && r.from >= since);
  const closed: Change[] = [...wrong.map((r) => ({ drop: r.id })), ...(open ? [{ put: ended(open, since) }] : [])];
  if (Math.abs(memory.scale - 1) < 1e-9) return closed;
  const from = { at: since, kwh: memory.last?.kwh ?? 0 };
  const pin: Pin = { from, to: { at: ALWAYS, kwh: from.kwh }, kwh: null, told: 0, scale: memory.scale };
  const repair = repairOf({ key: memory.key, kind: "power-unit", pin, limitW: memory.limitW });
  return [...closed, { put: { ...repair, to: at, evidence: [from] } }];
}

const ended = (repair: Repair, at: number): Repair => ({
  ...repair,
  to: at,
  pins: repair.pins.map((pin) => (pin.to.at === ALWAYS ? { ...pin, to: { ...pin.to, at } } : pin)),
});

import { type Change, hear, resumed } from "../energy/hygiene/meter.ts";
import { counted, powerHeard, powerResumed } from "../energy/hygiene/power.ts";
import { limitWOf } from "../energy/limits.ts";
import { capabilities } from "../model/capabilities/index.ts";
import { deviceTypesOf, type NodeState } from "../model/home.ts";
import { pathKey } from "../model/path.ts";
import type { Reading } from "../model/reading.ts";
import type { Repair } from "../model/repair.ts";
import type { CounterState } from "./counter-state.ts";
import type { CoreState, Effect } from "./state.ts";

/** Repairs of one series that are held; older ones stand in the store and count there. */
const MAX_OF_SERIES = 60;
/** A repair that repeats is written at once the first times, then at most so often: a card must last. */
const OFTEN = 3;
const WRITE_EVERY_MS = 5 * 60_000;
/** Stands of a counter that lie closer are compared with the power in between. */
const CLOSE_MS = 15 * 60_000;

const COUNTERS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.values(capabilities).map(({ name, attributes }) => [
    name,
    new Set(
      Object.entries(attributes)
        .filter(([, spec]) => spec.kind === "counter" && spec.type === "number" && spec.unit === "kWh")
        .map(([attribute]) => attribute),
    ),
  ]),
);

const isCounter = ({ path }: Reading): boolean => COUNTERS.get(path.capability)?.has(path.attribute) ?? false;

/** W that the connection of an endpoint carries, by what it is; where that says nothing, by what its device is. */
function limitOf(node: NodeState, endpoint: number): number {
  const own = node.description.endpoints.find((e) => e.number === endpoint);
  const power = own?.capabilities.electricalPowerMeasurement?.attributes.activePower?.type;
  const types = own ? deviceTypesOf(node, own) : [];
  const all = node.description.endpoints.flatMap((e) => deviceTypesOf(node, e));
  const announced = power?.type === "number" ? power.max : undefined;
  return limitWOf(types.some((type) => type !== "electricalSensor" && type !== "powerSource") ? types : all, announced);
}

/** Looks at a reading of a counter, before it is held; what is repaired is kept at once. `at`: when it is taken to be. */
export function counterHeard(
  state: CoreState,
  node: NodeState,
  key: string,
  reading: Reading,
  at: number,
  now: number,
): Effect[] {
  if (reading.ageUnknown || typeof reading.value !== "number") return [];
  const { counters } = state;
  if (isPower(reading)) return powerTold(counters, node, key, reading, at, now);
  if (!isCounter(reading)) return [];
  const stand = { at, kwh: reading.value };
  let meter = counters.meters.get(key);
  const of = [node.description, node.settings] as const;
  if (!meter) {
    const held = node.values.get(key);
    const last = typeof held?.value === "number" ? { at: held.at, kwh: held.value } : stand;
    const limits = { limitW: limitOf(node, reading.path.endpoint), net: false };
    meter = { ...resumed(key, last, counters.repairs.get(key) ?? [], limits), of };
    counters.meters.set(key, meter);
  } else if (meter.of?.[0] !== of[0] || meter.of?.[1] !== of[1]) {
    meter.limits = { ...meter.limits, limitW: limitOf(node, reading.path.endpoint) };
    meter.of = of;
  }
  const before = meter.memory.good;
  const changes = hear(meter, stand, counters.repairs.get(key) ?? []);
  const effects = done(counters, key, changes, now);
  // Only a plain rise in good order says how much was used meanwhile.
  const rise =
    changes.length === 0 && meter.memory.good.at === at ? (meter.memory.good.kwh - before.kwh) * meter.memory.scale : 0;
  return rise > 0 && at - before.at <= CLOSE_MS ? [...effects, ...rose(counters, reading, rise, at, now)] : effects;
}

const isPower = ({ path }: Reading): boolean =>
  path.capability === "electricalPowerMeasurement" && path.attribute === "activePower";

function powerTold(
  counters: CounterState,
  node: NodeState,
  key: string,
  reading: Reading,
  at: number,
  now: number,
): Effect[] {
  const repairs = counters.repairs.get(key) ?? [];
  let memory = counters.powers.get(key);
  if (!memory) {
    memory = powerResumed(key, limitOf(node, reading.path.endpoint), repairs);
    counters.powers.set(key, memory);
  }
  return done(counters, key, powerHeard(memory, at, Number(reading.value), repairs), now);
}

/** What a counter has counted goes to the power of its endpoint. */
function rose(counters: CounterState, { path }: Reading, kwh: number, at: number, now: number): Effect[] {
  const key = pathKey({ ...path, capability: "electricalPowerMeasurement", attribute: "activePower" });
  const memory = counters.powers.get(key);
  return memory ? done(counters, key, counted(memory, at, kwh, counters.repairs.get(key) ?? []), now) : [];
}

function done(counters: CounterState, key: string, changes: readonly Change[], now: number): Effect[] {
  return changes.flatMap((change) =>
    "put" in change ? kept(counters, change.put, now) : dropped(counters, key, change.drop),
  );
}

function kept(counters: CounterState, repair: Repair, now: number): Effect[] {
  const before = counters.repairs.get(repair.key) ?? [];
  const list = [...before.filter((r) => r.id !== repair.id), repair].sort((a, b) => a.from - b.from);
  counters.repairs.set(repair.key, list.slice(-MAX_OF_SERIES));
  const last = counters.writtenAt.get(repair.key);
  const isOften = repair.times > OFTEN || (repair.kind === "watching" && before.some((r) => r.times > OFTEN));
  if (isOften && last !== undefined && now >= last && now - last < WRITE_EVERY_MS) {
    counters.waiting.set(repair.id, repair);
    return [];
  }
  counters.waiting.delete(repair.id);
  counters.writtenAt.set(repair.key, now);
  return [{ kind: "keepRepair", repair }];
}

function dropped(counters: CounterState, key: string, id: string): Effect[] {
  counters.repairs.set(
    key,
    (counters.repairs.get(key) ?? []).filter((r) => r.id !== id),
  );
  return counters.waiting.delete(id) ? [] : [{ kind: "dropRepair", id }];
}

/** Writes what waited. */
export function writeRepairs({ counters }: CoreState, now: number): Effect[] {
  if (counters.waiting.size === 0) return [];
  const effects: Effect[] = [];
  for (const [id, repair] of counters.waiting) {
    const last = counters.writtenAt.get(repair.key) ?? 0;
    if (now >= last && now - last < WRITE_EVERY_MS) continue;
    counters.waiting.delete(id);
    counters.writtenAt.set(repair.key, now);
    effects.push({ kind: "keepRepair", repair });
  }
  return effects;
}

/** A person's word on a repair: it stands, and the judge goes on from it. */
export function repairSet({ counters }: CoreState, repair: Repair): Effect[] {
  const list = (counters.repairs.get(repair.key) ?? []).map((r) => (r.id === repair.id ? repair : r));
  counters.repairs.set(repair.key, list);
  counters.waiting.delete(repair.id);
  if (repair.kind === "unit") counters.meters.delete(repair.key);
  if (repair.kind === "power-unit") counters.powers.delete(repair.key);
  return [];
}

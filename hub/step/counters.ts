import { BEHIND_MS, isPast } from "../energy/hygiene/clock.ts";
import type { Limits } from "../energy/hygiene/memory.ts";
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
/** While the past comes in, what is left of a repair changes with each reading. */
const LATE_EVERY_MS = 10_000;
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

/** A person has said whether the counter runs both ways, of its endpoint or of the only one of which anything was said. */
function limitsOf(node: NodeState, endpoint: number): Limits {
  const said = Object.entries(node.settings.meters ?? {});
  const own = said.find(([number]) => number === String(endpoint)) ?? (said.length === 1 ? said[0] : undefined);
  return { limitW: limitOf(node, endpoint), net: own?.[1].kind === "meter" && own[1].net === true };
}

/** Forgets what was made of a counter's course, but what a person has said of it. */
function judgedAnew(counters: CounterState, key: string): Effect[] {
  counters.meters.delete(key);
  const course = ["dip", "spike", "reset", "rollover", "replaced", "jump", "watching"];
  const made = (counters.repairs.get(key) ?? []).filter((r) => r.state === "active" && course.includes(r.kind));
  return made.flatMap((repair) => dropped(counters, key, repair.id));
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
  if (isPast(stand, now)) counters.pastAt.set(key, now);
  let meter = counters.meters.get(key);
  const of = [node.description, node.settings] as const;
  if (!meter) {
    const held = node.values.get(key);
    const last = typeof held?.value === "number" ? { at: held.at, kwh: held.value } : stand;
    const limits = limitsOf(node, reading.path.endpoint);
    meter = { ...resumed(key, last, stand, counters.repairs.get(key) ?? [], limits), of };
    counters.meters.set(key, meter);
  } else if (meter.of?.[0] !== of[0] || meter.of?.[1] !== of[1]) {
    const { net } = meter.limits;
    meter.limits = limitsOf(node, reading.path.endpoint);
    meter.of = of;
    // What a fall was taken for is no fault of a counter that runs both ways, and the other way round.
    if (net !== meter.limits.net)
      return [...judgedAnew(counters, key), ...counterHeard(state, node, key, reading, at, now)];
  }
  const before = meter.memory.good;
  const changes = hear(meter, stand, counters.repairs.get(key) ?? [], now);
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
  return done(counters, key, powerHeard(memory, at, Number(reading.value), repairs, now), now);
}

/** What a counter has counted goes to the power of its endpoint. */
function rose(counters: CounterState, { path }: Reading, kwh: number, at: number, now: number): Effect[] {
  const key = pathKey({ ...path, capability: "electricalPowerMeasurement", attribute: "activePower" });
  const memory = counters.powers.get(key);
  return memory ? done(counters, key, counted(memory, at, kwh, counters.repairs.get(key) ?? []), now) : [];
}

function done(counters: CounterState, key: string, changes: readonly Change[], now: number): Effect[] {
  return changes.flatMap((change) =>
    "put" in change ? kept(counters, change.put, change.late === true, now) : dropped(counters, key, change.drop),
  );
}

function kept(counters: CounterState, repair: Repair, isLate: boolean, now: number): Effect[] {
  const before = counters.repairs.get(repair.key) ?? [];
  const list = [...before.filter((r) => r.id !== repair.id), repair].sort((a, b) => a.from - b.from);
  counters.repairs.set(repair.key, list.slice(-MAX_OF_SERIES));
  const last = counters.writtenAt.get(repair.key);
  const [newest] = repair.pins.slice(-1);
  // After a restart only this says that the clock may have been set.
  const isLong = repair.kind === "gap" && newest !== undefined && newest.to.at - newest.from.at > BEHIND_MS;
  const isOften = repair.times > OFTEN || (repair.kind === "watching" && before.some((r) => r.times > OFTEN));
  const pauseMs = isLate ? LATE_EVERY_MS : isOften && !isLong ? WRITE_EVERY_MS : 0;
  if (last !== undefined && now >= last && now - last < pauseMs) {
    const waiting = counters.waiting.get(repair.id);
    const isNew = waiting?.isNew ?? !before.some((r) => r.id === repair.id);
    counters.waiting.set(repair.id, {
      repair,
      isNew,
      from: Math.min(waiting?.from ?? Number.POSITIVE_INFINITY, last + pauseMs),
    });
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
  const waiting = counters.waiting.get(id);
  counters.waiting.delete(id);
  return waiting?.isNew ? [] : [{ kind: "dropRepair", id }];
}

/** Writes what waited. */
export function writeRepairs({ counters }: CoreState, now: number): Effect[] {
  if (counters.waiting.size === 0) return [];
  const effects: Effect[] = [];
  for (const [id, { repair, from }] of counters.waiting) {
    const last = counters.writtenAt.get(repair.key) ?? 0;
    // A clock that was set back must not hold it up.
    if (now >= last && now < from) continue;
    counters.waiting.delete(id);
    counters.writtenAt.set(repair.key, now);
    effects.push({ kind: "keepRepair", repair });
  }
  return effects;
}

/** A person's word on a repair: it stands, and the judge goes on from it. One of which late readings have left nothing goes. */
export function repairSet({ counters }: CoreState, repair: Repair): Effect[] {
  if (repair.kind === "gap" && repair.pins.length === 0) {
    dropped(counters, repair.key, repair.id);
    return [{ kind: "dropRepair", id: repair.id }];
  }
  const list = (counters.repairs.get(repair.key) ?? []).map((r) => (r.id === repair.id ? repair : r));
  counters.repairs.set(repair.key, list);
  counters.waiting.delete(repair.id);
  if (repair.kind === "unit") counters.meters.delete(repair.key);
  if (repair.kind === "power-unit") counters.powers.delete(repair.key);
  return [];
}

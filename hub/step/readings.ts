import { misfit } from "../model/capability.ts";
import type { Problem } from "../model/finding.ts";
import { knownOf, type NodeState } from "../model/home.ts";
import { type AttributePath, pathKey } from "../model/path.ts";
import type { Reading } from "../model/reading.ts";
import { happened } from "./automation/happen.ts";
import { confirm } from "./commands.ts";
import { counterHeard } from "./counters.ts";
import { found } from "./findings.ts";
import { typeAt, typeWords } from "./fit.ts";
import { isWatched, noteChange } from "./identity/switching.ts";
import { tellBack } from "./silence.ts";
import type { CoreState, Effect } from "./state.ts";
import { touched } from "./touched.ts";

/** Readings older than this are the past being filled in: recorded, but told to nobody. */
const PAST_MS = 10 * 60_000;
/** A device's clock may run ahead by this much. */
const AHEAD_MS = 60_000;

/** Values came in: checked, held, recorded, told, and matched with commands on their way. */
export function readingsArrived(state: CoreState, readings: readonly Reading[], now: number): Effect[] {
  const effects: Effect[] = [];
  const record: Reading[] = [];
  for (const reading of readings) {
    const node = state.home.nodes.get(reading.path.node);
    if (!node) continue;
    const key = keyOf(reading.path);
    const problem = unfit(node, reading, key);
    if (problem) {
      effects.push(...found(state, problem, Math.min(reading.at, now)));
      continue;
    }
    const at = Math.min(reading.at, now + AHEAD_MS);
    if (!reading.ageUnknown) record.push(at === reading.at ? reading : { ...reading, at });
    const repaired = counterHeard(state, node, key, reading, at, now);
    if (repaired.length > 0) effects.push(...repaired);
    if (isWatched(reading.path)) noteIfChanged(state, node, key, reading, now);
    const before = node.values.get(key);
    const old = reading.ageUnknown === true || now - at > PAST_MS;
    const taken = hold(node, key, reading, at, now);
    if (taken || old) happened(state, key, before, reading, old);
    if (taken && !old) effects.push(...touched(state, node, reading.path, before, reading.value, now));
    if (taken) {
      const back = tellBack(state, node, now);
      if (back.length > 0) effects.push(...back);
      // One that was silent has told all its values, this one among them.
      if (!back.some(isValue)) tellIfNew(effects, node, key, at, now);
    }
    if (!reading.ageUnknown && state.pending.size > 0) effects.push(...confirm(state, key, reading.value, at));
  }
  if (record.length > 0) effects.unshift({ kind: "record", readings: record });
  return effects;
}

/** A switching, to be compared with those of other devices at the same moment. */
function noteIfChanged(
  state: CoreState,
  node: NodeState,
  key: string,
  { path, value, at, ageUnknown }: Reading,
  now: number,
): void {
  const held = node.values.get(key);
  if (held && !held.ageUnknown && !ageUnknown && now - at <= PAST_MS && held.value !== value)
    noteChange(state, path, value, now);
}

const keys = new WeakMap<AttributePath, string>();

/** A frozen path is shared by all readings of its attribute: its text is made once. */
function keyOf(path: AttributePath): string {
  if (!Object.isFrozen(path)) return pathKey(path);
  let key = keys.get(path);
  if (key === undefined) {
    key = pathKey(path);
    keys.set(path, key);
  }
  return key;
}

const isValue = (e: Effect): boolean => e.kind === "tell" && e.event.type === "value";
const shown = (value: unknown): string => JSON.stringify(value)?.slice(0, 60) ?? "nothing";

/** Why a reading can't be taken: its form, or that the device never announced such a value. */
function unfit(node: NodeState, { path, value, source }: Reading, key: string): Problem | undefined {
  const type = typeAt(node.description, path);
  const why = type ? misfit(type, value) : "the device did not announce such a value";
  if (!why) return undefined;
  return {
    code: "value-unfit",
    message: `${node.description.name} reported ${shown(value)} for ${path.capability}.${path.attribute}: ${why}.`,
    ...{ node: path.node, field: key, sample: `${source} ${shown(value)}` },
    expected: type ? typeWords(type) : "only values that the device announced",
  };
}

function tellIfNew(effects: Effect[], node: NodeState, key: string, at: number, now: number): void {
  if (now - at > PAST_MS) return;
  effects.push({ kind: "tell", event: { type: "value", key, known: knownOf(node, key, now) } });
}

/** Keeps the newest; a value of unknown age, or of the past, never covers a live one and counts as stale. */
function hold(node: NodeState, key: string, reading: Reading, at: number, now: number): boolean {
  const known = node.values.get(key);
  // What was told while the clock was ahead must not stand until that time has come.
  const held = known && known.at > now + AHEAD_MS ? undefined : known;
  const ageUnknown = reading.ageUnknown === true || now - at > PAST_MS;
  if (held && !held.ageUnknown && ageUnknown) return false;
  if (held && held.at > at && held.ageUnknown === ageUnknown) return false;
  node.values.set(key, { value: reading.value, at, source: reading.source, ageUnknown });
  if (!ageUnknown) node.heardAt = node.heardAt > now + AHEAD_MS ? at : Math.max(node.heardAt, at);
  return true;
}

/** The core's outer door: what adapters tell of roads becomes what is told of devices. */
import { capabilities } from "../../model/capabilities/index.ts";
import type { Value } from "../../model/capability.ts";
import type { Problem } from "../../model/finding.ts";
import type { NodeDescription } from "../../model/node.ts";
import type { Reading } from "../../model/reading.ts";
import type { AdapterInput } from "../../ports.ts";
import { agrees } from "../commands.ts";
import type { CoreState, Effect } from "../state.ts";
import { fuse, place } from "./fuse.ts";
import { keepGroup } from "./keep.ts";
import { homeOf, settle } from "./routes.ts";
import { type Group, type Road, slotOf, slotOfSpot, spotOf } from "./state.ts";

/** Another road said it, and the one that leads has not by now: it is overtaken. */
const LATE_MS = 5000;
/** What the leading road said itself so lately comes back as an echo on the others. */
const ECHO_MS = 30_000;
/** Readings of the past or of unknown age are none to compare roads by. */
const PAST_MS = 10 * 60_000;

export interface Entered {
  /** What the core takes in instead; undefined for nothing. */
  readonly input: AdapterInput | undefined;
  readonly before: readonly Effect[];
  /** The device whose reachability and roads are to be looked at anew once the input is taken in. */
  readonly settle?: Group;
}

/** What an adapter told, by devices. A device with one road passes as it is. */
export function atDoor(state: CoreState, input: AdapterInput, now: number): Entered {
  const { groupOf } = state.identity;
  if (groupOf.size === 0) return { input, before: [] };
  switch (input.kind) {
    case "readings":
      return readings(state, input.readings, now);
    case "nodeFound": {
      const group = groupOf.get(input.node.id);
      return group ? found(group, input.node, input.at) : { input, before: [] };
    }
    case "nodeGone": {
      const group = groupOf.get(input.node);
      return group ? gone(group, input.node, input.at) : { input, before: [] };
    }
    case "reachable": {
      const group = groupOf.get(input.node);
      return group ? reachable(state, group, input.node, input.reachable) : { input, before: [] };
    }
    // Of a device with several roads only a reading says what leads; a gap on one road is none of the device's.
    case "unset":
      return { input: groupOf.has(input.node) ? undefined : input, before: [] };
    case "problem": {
      const group = input.problem.node === undefined ? undefined : groupOf.get(input.problem.node);
      return { input: group ? { ...input, problem: problemOf(group, input.problem) } : input, before: [] };
    }
  }
}

function problemOf(group: Group, { remedy, ...problem }: Problem): Problem {
  const road = roadOf(group, problem.node ?? "");
  const target = remedy?.command.target;
  const endpoint = target && road?.at.get(slotOf(target.endpoint, remedy.command.capability));
  const at = { node: group.device, endpoint: endpoint ?? target?.endpoint ?? 0 };
  const mended = remedy && { remedy: { ...remedy, command: { ...remedy.command, target: at } } };
  return { ...problem, ...mended, node: group.device };
}

export const roadOf = (group: Group, device: string): Road | undefined => group.roads.find((r) => r.device === device);

function found(group: Group, node: NodeDescription, at: number): Entered {
  const road = roadOf(group, node.id);
  if (!road) return { input: undefined, before: [] };
  const isNews = road.gone || JSON.stringify(road.description) !== JSON.stringify(node);
  if (road.gone || !road.present) road.reachable = undefined;
  road.gone = false;
  road.present = true;
  if (isNews) {
    road.description = node;
    road.paths.clear();
    place(group, road);
  }
  const fused: AdapterInput = { kind: "nodeFound", node: fuse(group), at };
  return { input: fused, before: isNews ? [keepGroup(group)] : [], settle: group };
}

/** Removed on this road. The device is gone once all its roads are. */
function gone(group: Group, device: string, at: number): Entered {
  const road = roadOf(group, device);
  if (!road) return { input: undefined, before: [] };
  road.gone = true;
  road.present = false;
  road.reachable = undefined;
  const isAll = group.roads.every((r) => r.gone);
  const input: AdapterInput = isAll
    ? { kind: "nodeGone", node: group.device, at }
    : { kind: "nodeFound", node: fuse(group), at };
  return { input, before: [keepGroup(group)], settle: group };
}

function reachable(state: CoreState, group: Group, device: string, isReachable: boolean): Entered {
  const road = roadOf(group, device);
  if (!road || road.reachable === isReachable) return { input: undefined, before: [] };
  road.reachable = isReachable;
  // People see which road is open, also where the device as a whole stays what it was.
  const told: Effect = { kind: "tell", event: { type: "node", id: homeOf(state, group) } };
  return { input: undefined, before: [told], settle: group };
}

/** Of a device's readings those of the road that leads in each attribute. The others are remembered for when it is lost. */
function readings(state: CoreState, all: readonly Reading[], now: number): Entered {
  const { groupOf } = state.identity;
  if (!all.some((r) => groupOf.has(r.path.node))) return { input: { kind: "readings", readings: all }, before: [] };
  const taken: Reading[] = [];
  const before: Effect[] = [];
  for (const reading of all) {
    const group = groupOf.get(reading.path.node);
    const road = group && roadOf(group, reading.path.node);
    if (!group || !road) taken.push(reading);
    else {
      const here = enter(state, group, road, reading, now, before);
      if (here) taken.push(here);
      const told = here && road.values.get(spotIn(here));
      if (told && told.held.at === reading.at) told.isKept = true;
    }
  }
  return { input: taken.length > 0 ? { kind: "readings", readings: taken } : undefined, before };
}

const spotIn = ({ path: p }: Reading): string => spotOf(p.endpoint, p.capability, p.attribute);

function enter(
  state: CoreState,
  group: Group,
  road: Road,
  reading: Reading,
  now: number,
  before: Effect[],
): Reading | undefined {
  const { key: spot, path } = pathIn(group, road, reading);
  const slot = slotOfSpot(spot);
  const isLiveNow = reading.ageUnknown !== true && now - reading.at <= PAST_MS;
  if (isLiveNow) spoke(state, group, road, { spot, slot }, now, before);
  const leader = group.routes.get(spot);
  remember(road, spot, reading);
  const here = { ...reading, path };
  // An attribute that no road announced goes on, to be found unfit there.
  if (leader === undefined || !isLiveNow) return leader === undefined || leader === road ? here : undefined;
  if (leader === road) return isEchoOf(group, road, spot, reading.value, now) ? undefined : here;
  if (isAwaited(state, group, spot, reading.value)) {
    group.echoes.set(spot, { road, value: reading.value, at: now });
    return here;
  }
  compare(state, group, leader, spot, reading, now);
  return undefined;
}

/** Whether a road says what was taken from another a moment ago: it is one event of the device, and is recorded once. */
function isEchoOf(group: Group, road: Road, spot: string, value: Value, now: number): boolean {
  const echo = group.echoes.get(spot);
  if (!echo || echo.road === road || !isState(spot)) return false;
  group.echoes.delete(spot);
  return echo.value === value && now - echo.at < ECHO_MS;
}

/** Whether it is what a command waits for and the leading road has not said yet. */
function isAwaited(state: CoreState, group: Group, spot: string, value: Value): boolean {
  if (state.pending.size === 0 || !isState(spot)) return false;
  const id = homeOf(state, group);
  const key = `${id}/${spot}`;
  if (state.home.nodes.get(id)?.values.get(key)?.value === value) return false;
  for (const { wants } of state.pending.values()) {
    const wanted = wants.get(key);
    if (wanted !== undefined && agrees(key, value, wanted)) return true;
  }
  return false;
}

function pathIn(group: Group, road: Road, { path }: Reading) {
  const own = spotOf(path.endpoint, path.capability, path.attribute);
  const known = road.paths.get(own);
  if (known) return known;
  const endpoint = road.at.get(slotOf(path.endpoint, path.capability)) ?? path.endpoint;
  const here = Object.freeze({ ...path, node: group.device, endpoint });
  const made = { key: spotOf(endpoint, path.capability, path.attribute), path: here };
  // At most what the road announced: other paths are made each time.
  if (road.at.has(slotOf(path.endpoint, path.capability)) && road.paths.size < 4096) road.paths.set(own, made);
  return made;
}

/** A road that speaks is there; one that was overtaken leads again. */
function spoke(
  state: CoreState,
  group: Group,
  road: Road,
  { spot, slot }: { spot: string; slot: string },
  now: number,
  before: Effect[],
): void {
  const isFirst = road.heardAt === 0;
  road.heardAt = now;
  const node = state.home.nodes.get(homeOf(state, group));
  if (node) node.heardAt = Math.max(node.heardAt, now);
  const counts = group.said.get(slot) ?? new Map<Road, number>();
  group.said.set(slot, counts.set(road, (counts.get(road) ?? 0) + 1));
  if (group.routes.get(spot) === road) group.late.delete(spot);
  const behind = group.behind.get(slot);
  const isBack = behind !== undefined && isState(spot) && behind.delete(road);
  if (behind?.size === 0) group.behind.delete(slot);
  if (isFirst || isBack) before.push(...settle(state, group, now));
}

function remember(road: Road, spot: string, { value, at, source, ageUnknown }: Reading): void {
  const before = road.values.get(spot)?.held;
  if (before && !before.ageUnknown && (ageUnknown || before.at > at)) return;
  const held = { value, at, source, ageUnknown: ageUnknown === true };
  road.values.set(spot, { held, before: before && before.value !== value ? before : undefined, isKept: false });
}

/** Not a counter nor a measurement: something that is so or is not. */
export function isState(spot: string): boolean {
  const [capability = "", attribute = ""] = spot.slice(spot.indexOf("/") + 1).split(".");
  return capabilities[capability]?.attributes[attribute]?.type !== "number";
}

/** Notes that another road says what the leading one does not, unless that said it itself a moment ago. */
function compare(state: CoreState, group: Group, leader: Road, spot: string, reading: Reading, now: number): void {
  if (!isState(spot)) return;
  const told = leader.values.get(spot);
  const held = state.home.nodes.get(homeOf(state, group))?.values.get(`${homeOf(state, group)}/${spot}`);
  const isEcho = told?.before?.value === reading.value && now - told.held.at < ECHO_MS;
  if (held?.value === reading.value || isEcho) group.late.delete(spot);
  else if (!group.late.has(spot)) group.late.set(spot, now);
}

/** Once the leading road has been late for long enough it is overtaken in that capability. Whether any was. */
export function overtake(group: Group, now: number): boolean {
  let isAny = false;
  for (const [spot, since] of group.late) {
    if (now - since < LATE_MS) continue;
    group.late.delete(spot);
    const leader = group.routes.get(spot);
    const slot = slotOfSpot(spot);
    if (!leader) continue;
    group.behind.set(slot, (group.behind.get(slot) ?? new Set()).add(leader));
    isAny = true;
  }
  return isAny;
}

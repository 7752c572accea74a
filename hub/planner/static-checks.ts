/** Checks that need no replay: does it exist, may it, does it clash, can it run in circles. */
import { capabilities } from "../model/capabilities/index.ts";
import { misfit, type Value } from "../model/capability.ts";
import { RANGES } from "../model/goal/index.ts";
import { deviceTypesOf, type Home, keptFromPlans, nameIn, nameOf } from "../model/home.ts";
import { parsePath, pathKey } from "../model/path.ts";
import type { Goal, Proposal, Rule, RuleAction, Verdict } from "../model/plan.ts";
import { targetOf } from "../rules/arbitrate.ts";
import { type CheckContext, type PlannedFaults, plannedFaults } from "../rules/check/index.ts";
import { writesOf } from "../rules/check/writes.ts";
import { conditionMisfit, pathsRead } from "./conditions.ts";
import { goalInWords } from "./goal.ts";
import type { Names } from "./names.ts";
import { strategies } from "./strategies/index.ts";
import { LEAST_C } from "./strategies/setback.ts";
import { paramsMisfit } from "./strategies/strategy.ts";

type Check = Verdict["checks"][number];

/** What a plan may do at all. Locks, valves, alarms and everything else are people's business. */
const PERMITTED: Readonly<Record<string, readonly string[]>> = {
  onOff: ["on", "off"],
  energyEvse: ["enableCharging", "disable"],
  batteryControl: ["set"],
  solarControl: ["set"],
  thermostat: ["set"],
  deviceEnergyManagement: [
    ...["startTimeAdjustRequest", "pauseRequest", "resumeRequest", "cancelRequest"],
    ...["powerAdjustRequest", "cancelPowerAdjustRequest"],
  ],
  waterHeaterManagement: ["boost", "cancelBoost"],
};
/** Attributes a plan may write by `set`. */
const WRITABLE = new Set(["batteryControl.mode", "solarControl.limit", "thermostat.occupiedHeatingSetpoint"]);
/** Endpoints a plan never switches: food spoils, water floods, people are locked out or not warned. */
const HANDS_OFF = [
  "refrigerator",
  "doorLock",
  "smokeCoAlarm",
  "waterValve",
  "pump",
  "waterLeakDetector",
  "electricalMeter",
  ...["oven", "cooktop", "cookSurface", "microwaveOven", "closure", "irrigationSystem"],
];

/** What such a goal is about has limits that plans of fixed rules do not look at. */
const LEFT_ALONE: ReadonlySet<Goal["kind"]> = new Set(["never", "neverFromGrid", "keepWithin"]);
/** Warmer than anybody wants to live, degC: what a goal may ask for at most. */
export const MOST_C = RANGES.roomC.max;
/** More than any strategy makes; what is larger is not looked into. */
const MOST_RULES = 40;
const MOST_ACTIONS = 100;

const actionsOf = (rules: readonly Rule[]): RuleAction[] =>
  rules.flatMap((rule) => [...rule.then, ...(rule.otherwise ?? [])]);

/** The attribute values an action brings about, by text path. */
const pathsWritten = (action: RuleAction): string[] =>
  writesOf(action).map(({ attribute }) => pathKey({ ...action, attribute }));

/** Why an action can not be carried out by this home's devices; undefined when it can. */
export function impossible(action: RuleAction, home: Home): string | undefined {
  const node = home.nodes.get(action.node);
  const endpoint = node?.description.endpoints.find((e) => e.number === action.endpoint);
  if (!node) return `there is no device ${action.node}`;
  if (!endpoint) return `${nameOf(node)} has no endpoint ${action.endpoint}`;
  const instance = Object.hasOwn(endpoint.capabilities, action.capability) && endpoint.capabilities[action.capability];
  const spec = Object.hasOwn(capabilities, action.capability) ? capabilities[action.capability] : undefined;
  if (!instance || !spec || !Object.hasOwn(instance.commands, action.command))
    return `${nameOf(node)} has no command ${action.capability}.${action.command}`;
  for (const [name, value] of Object.entries(action.args)) {
    const set = action.command === "set";
    const type = set ? spec.attributes[name] : spec.commands[action.command]?.args[name];
    const wrong = type
      ? (misfit(type, value) ?? narrower(set, instance.attributes[name]?.type, value))
      : "is not known";
    if (wrong) return `${nameOf(node)}: ${action.capability}.${name} ${wrong}`;
  }
  return undefined;
}

const narrower = (set: boolean, type: Parameters<typeof misfit>[0] | undefined, value: Value): string | undefined =>
  set && type ? misfit(type, value) : undefined;

/** Why a plan may not do this, whatever it saves; undefined when it may. */
export function forbidden(action: RuleAction, home: Home): string | undefined {
  const commands = Object.hasOwn(PERMITTED, action.capability) ? PERMITTED[action.capability] : undefined;
  if (!commands?.includes(action.command)) return `a plan may not use ${action.capability}.${action.command}`;
  if (action.command === "set")
    for (const name of Object.keys(action.args))
      if (!WRITABLE.has(`${action.capability}.${name}`)) return `a plan may not set ${action.capability}.${name}`;
  const degrees = action.args.occupiedHeatingSetpoint;
  if (typeof degrees === "number" && degrees > MOST_C) return `a plan may not heat a room to more than ${MOST_C} °C`;
  const node = home.nodes.get(action.node);
  const kept = node && keptFromPlans(node);
  if (node && kept) return `${nameOf(node)}: ${kept}`;
  const endpoint = node?.description.endpoints.find((e) => e.number === action.endpoint);
  const type = node && endpoint && deviceTypesOf(node, endpoint).find((t) => HANDS_OFF.includes(t));
  return type ? `a plan may not switch a device of type ${type}` : undefined;
}

function clash(rules: readonly Rule[], others: readonly Rule[], nameOf: (node: string) => string): string | undefined {
  const taken = new Map<string, Rule>();
  for (const other of others) if (other.enabled) for (const a of actionsOf([other])) taken.set(targetOf(a), other);
  for (const action of actionsOf(rules)) {
    const other = taken.get(targetOf(action));
    if (other) return `${nameOf(action.node)} is already steered by "${other.title}"`;
  }
  return undefined;
}

/** A path on which what rules write makes rules fire that write again what was read: text paths in the circle. */
function circle(rules: readonly Rule[]): string | undefined {
  const edges = new Map<string, Set<string>>();
  for (const rule of rules) {
    const written = actionsOf([rule]).flatMap(pathsWritten);
    for (const read of pathsRead(rule.when)) edges.set(read, new Set([...(edges.get(read) ?? []), ...written]));
  }
  for (const start of edges.keys()) {
    const seen = new Set<string>();
    const open = [...(edges.get(start) ?? [])];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (next === start) return start;
      if (seen.has(next)) continue;
      seen.add(next);
      open.push(...(edges.get(next) ?? []));
    }
  }
  return undefined;
}

/** Why the rules go against what people said they need; undefined when they do not. */
function againstGoals(proposal: Proposal, goals: readonly Goal[], home: Home, names: Names): string | undefined {
  const reserve = goals.find((g) => g.kind === "batteryReserve");
  const left = proposal.params.reservePercent;
  if (reserve?.kind === "batteryReserve" && typeof left === "number" && left < reserve.percent)
    return `you said: ${goalInWords(reserve, names)}`;
  for (const action of actionsOf(proposal.rules)) {
    const never = goals.find((g) => LEFT_ALONE.has(g.kind) && "node" in g && g.node === action.node);
    if (never) return `you said: ${goalInWords(never, names)}`;
    const degrees = action.args.occupiedHeatingSetpoint;
    if (typeof degrees !== "number") continue;
    const room = home.nodes.get(action.node)?.settings.room;
    const floors = goals.filter((g) => g.kind === "comfort" && g.room === room && !(g.from && g.to));
    const floor = Math.max(LEAST_C, ...floors.map((g) => (g.kind === "comfort" ? (g.minC ?? 0) : 0)));
    if (degrees < floor - 0.5) return `${degrees} °C would be colder than ${floor} °C`;
  }
  return undefined;
}

export interface StaticContext {
  readonly home: Home;
  readonly goals: readonly Goal[];
  readonly names: Names;
  /** Rules that run already, and those of proposals accepted before this one. */
  readonly others: readonly Rule[];
  /** Epoch ms: for what would be asked for at once. */
  readonly now?: number;
  /** The rules of people and of running policies; without it only those of plans are looked at. */
  readonly house?: CheckContext;
}

const known = (path: string, home: Home): boolean => {
  const p = parsePath(path);
  const endpoint = p && home.nodes.get(p.node)?.description.endpoints.find((e) => e.number === p.endpoint);
  const has =
    p && endpoint && Object.hasOwn(endpoint.capabilities, p.capability) && endpoint.capabilities[p.capability];
  return Boolean(has && Object.hasOwn(has.attributes, p.attribute));
};

const first = <T>(list: readonly T[], reason: (item: T) => string | undefined): string | undefined => {
  for (const item of list) {
    const found = reason(item);
    if (found) return found;
  }
  return undefined;
};

const calledIn = (home: Home, id: string): string => nameIn(home, id, `${id}, which is not in this home`);

function existence(proposal: Proposal, home: Home): string | undefined {
  const strategy = strategies.get(proposal.strategy);
  if (!strategy) return `there is no strategy ${proposal.strategy}`;
  if (!home.nodes.has(proposal.node)) return `there is no device ${proposal.node}`;
  if (proposal.rules.length === 0) return "it has no rules";
  if (proposal.rules.length > MOST_RULES || actionsOf(proposal.rules).length > MOST_ACTIONS)
    return `it has more than ${MOST_RULES} rules or asks for more than ${MOST_ACTIONS} things`;
  const other = actionsOf(proposal.rules).find((a) => a.node !== proposal.node);
  if (other) return `it speaks of ${calledIn(home, proposal.node)} and would steer ${calledIn(home, other.node)}`;
  const unknown = proposal.rules.flatMap((r) => pathsRead(r.when)).find((path) => !known(path, home));
  if (unknown) return `there is nothing that reports ${unknown}`;
  return first(actionsOf(proposal.rules), (a) => impossible(a, home));
}

function ranges(proposal: Proposal): string | undefined {
  const strategy = strategies.get(proposal.strategy);
  return (strategy && paramsMisfit(strategy, proposal.params)) ?? first(proposal.rules, (r) => conditionMisfit(r.when));
}

/** All checks that need no replay, in the order in which a person would ask. */
export function staticChecks(proposal: Proposal, context: StaticContext): Check[] {
  const { home, others, names } = context;
  const check = (name: string, why: string | undefined, fine: string): Check => ({
    name,
    ok: !why,
    detail: why ?? fine,
  });
  const loop = circle([...others.filter((r) => r.enabled), ...proposal.rules]);
  const [exists, wrong] = [existence(proposal, home), ranges(proposal)];
  // What names nothing of this home, or is no condition at all, can't be held against its rules.
  const faults: PlannedFaults = exists || wrong || !context.house ? {} : plannedFaults(proposal.rules, context.house);
  return [
    check("exists", exists, "every device and command is there"),
    check(
      "permitted",
      first(actionsOf(proposal.rules), (a) => forbidden(a, home)),
      "a plan may do this",
    ),
    check("ranges", wrong, "all settings are within their limits"),
    check("goals", againstGoals(proposal, context.goals, home, names), "nothing goes against your goals"),
    check("dangers", faults.danger, "nothing in it is dangerous"),
    check(
      "conflicts",
      clash(proposal.rules, others, names.nameOf) ?? faults.conflict,
      "no other rule wants anything else of it",
    ),
    check(
      "loops",
      (loop && `the rules would set each other off in a circle over ${loop}`) ?? faults.loop,
      "the rules can not run in circles",
    ),
  ];
}

import { capabilities, VENDOR } from "../model/capabilities/index.ts";
import { type CommandSpec, misfit, type Value, type ValueType } from "../model/capability.ts";
import type { Command, Origin, Outcome } from "../model/command.ts";
import { knownOf, type NodeState, nameOf } from "../model/home.ts";
import type { CapabilityInstance } from "../model/node.ts";
import { type NodeId, parsePath } from "../model/path.ts";
import { targetOf } from "../rules/arbitrate.ts";
import { argsOf, gistOf } from "./gist.ts";
import { handOn, holdsOver } from "./holds.ts";
import { commandNow } from "./identity/names.ts";
import { noteAsked } from "./identity/switching.ts";
import { isRepeatable } from "./identity/ways.ts";
import { sendTo } from "./places.ts";
import type { CoreState, Effect, Pending } from "./state.ts";

/** Someone asks for something. Checked, ranked, noted as wanted, and sent; or refused with the reason. */
export function asked(state: CoreState, id: string, given: Command, origin: Origin, at: number): Effect[] {
  const command = commandNow(state, given);
  const checked = check(state, command, at);
  const refusal = "reason" in checked ? checked.reason : outranked(state, command, origin, at);
  const audit = askedEntry(state, command, origin, at);
  if (refusal !== undefined || "reason" in checked)
    return [audit, ...settle(state, id, command, { state: "refused", reason: refusal ?? "" }, at)];
  const { node, wants } = checked;
  const target = keyOf(command);
  const effects = state.pending.size > 0 ? supersede(state, target, at) : [];
  effects.unshift(audit);
  if (origin.rank === "person") effects.push(...handOn(state, node.description, target, origin.by, at));
  const deadline = at + state.limits.confirmMs;
  const begins = beginsOf(command);
  const pending: Pending = {
    ...{ id, command, target, origin, wants, begins, askedAt: at, deadline, taken: false },
    ...{ seen: new Set(), tried: new Set() },
  };
  state.pending.set(id, pending);
  noteAsked(state, command.target.node, at);
  node.askedAt = at;
  const send = sendTo(state, pending, node.description, at);
  if (send) effects.push(send);
  else effects.push(...finish(state, pending, { state: "refused", reason: NO_ROAD }, at));
  return effects;
}

/** Ends what waits for the same target. */
function supersede(state: CoreState, target: string, at: number): Effect[] {
  const own = [...state.pending.values()].filter((p) => p.target === target);
  return own.flatMap((p) => finish(state, p, { state: "unconfirmed", reason: "a newer command took its place" }, at));
}

const NO_ROAD = "no road to the device takes this command";

function beginsOf({ target, capability, command }: Command): ReadonlyMap<string, Value> {
  const begins = command === "set" ? undefined : capabilities[capability]?.commands[command]?.begins;
  if (!begins) return NOTHING;
  const prefix = `${target.node}/${target.endpoint}/${capability}.`;
  return new Map(Object.entries(begins).map(([attribute, value]) => [prefix + attribute, value]));
}

const NOTHING: ReadonlyMap<string, Value> = new Map();

const keyOf = ({ target: { node, endpoint }, capability, command, args }: Command): string =>
  targetOf({ node, endpoint, capability, command, args });

function askedEntry(state: CoreState, command: Command, origin: Origin, at: number): Effect {
  const node = state.home.nodes.get(command.target.node);
  const detail = `${command.capability}.${command.command} ${argsOf(command)} for ${node ? nameOf(node) : command.target.node}: ${origin.reason}`;
  return {
    kind: "audit",
    entry: { at, by: byline(origin), what: "command-asked", subject: command.target.node, detail },
  };
}

const byline = (o: Origin): string => (o.rank === "person" ? o.by : `${o.rank}:${o.by}`);

type Checked = { readonly node: NodeState; readonly wants: ReadonlyMap<string, Value> } | { readonly reason: string };

function check(state: CoreState, command: Command, at: number): Checked {
  const { target, capability: name } = command;
  const node = state.home.nodes.get(target.node);
  if (!node) return { reason: `node: there is no device ${target.node}` };
  if (state.pending.size >= state.limits.maxPending)
    return { reason: "too many commands are on their way; try again in a moment" };
  const instance = node.description.endpoints.find((e) => e.number === target.endpoint)?.capabilities[name];
  if (!instance) return { reason: `capability: ${nameOf(node)} has no ${name} on endpoint ${target.endpoint}` };
  const wanted = command.command === "set" ? checkSet(command, instance) : checkCommand(node, command, instance, at);
  if (typeof wanted === "string") return { reason: wanted };
  if (node.reachable === false) return { reason: `${nameOf(node)} is not reachable` };
  const wants = new Map<string, Value>();
  for (const attribute in wanted)
    if (command.command === "set" || Object.hasOwn(instance.attributes, attribute))
      wants.set(`${target.node}/${target.endpoint}/${name}.${attribute}`, wanted[attribute] ?? "");
  return { node, wants };
}

function checkSet(command: Command, instance: CapabilityInstance): Record<string, Value> | string {
  const entries = Object.entries(command.args);
  if (entries.length === 0) return "args: name at least one attribute to set";
  for (const [attribute, value] of entries) {
    const own = Object.hasOwn(instance.attributes, attribute) ? instance.attributes[attribute] : undefined;
    const spec = command.capability === VENDOR ? undefined : capabilities[command.capability]?.attributes[attribute];
    const writable = spec ? spec.writable === true && own?.writable !== false : own?.writable === true;
    if (!own || !writable) return `args.${attribute}: can't be set on this device`;
    const type: ValueType | undefined = own.type ?? spec;
    const problem = type && misfit(type, value);
    if (problem) return `args.${attribute}: ${problem}`;
  }
  return { ...command.args };
}

function checkCommand(
  node: NodeState,
  command: Command,
  instance: CapabilityInstance,
  at: number,
): Record<string, Value> | string {
  if (!Object.hasOwn(instance.commands, command.command))
    return `command: this device has no ${command.capability}.${command.command}`;
  const spec: CommandSpec | undefined = capabilities[command.capability]?.commands[command.command];
  if (!spec) return {};
  const narrower = instance.commands[command.command]?.args ?? {};
  for (const name in spec.args) {
    const type = spec.args[name];
    const value = command.args[name];
    if (!type || (value === undefined && type.optional)) continue;
    const problem = misfit(Object.hasOwn(narrower, name) ? (narrower[name] ?? type) : type, value);
    if (problem) return `args.${name}: ${problem}`;
  }
  const foreign = Object.keys(command.args).find((a) => !Object.hasOwn(spec.args, a));
  if (foreign) return `args.${foreign}: is no argument of ${command.command}`;
  const refusal = refusalOf(node, command, at);
  if (refusal) return `${nameOf(node)} would refuse: ${refusal}`;
  return spec.wants(command.args, lastSaid(node, command, at));
}

/** An attribute of the command's capability as the device last said it. */
const lastSaid =
  (node: NodeState, { target, capability }: Command, at: number) =>
  (attribute: string) => {
    const known = knownOf(node, `${target.node}/${target.endpoint}/${capability}.${attribute}`, at);
    return known.status === "unknown" ? undefined : known.value;
  };

/** Why the device would not take a command as it is now; undefined when nothing speaks against it. */
export function refusalOf(node: NodeState, command: Command, at: number): string | undefined {
  const spec: CommandSpec | undefined =
    command.command === "set" ? undefined : capabilities[command.capability]?.commands[command.command];
  return spec?.refuses?.(command.args, lastSaid(node, command, at), at);
}

/** A person's hand on a switch holds against plans and rules for a stated time. */
function outranked(state: CoreState, command: Command, origin: Origin, at: number): string | undefined {
  if (origin.rank === "person" || origin.rank === "safety") return undefined;
  const held = state.holds.get(keyOf(command));
  if (!held || held.until <= at) return undefined;
  return `${held.by} set it by hand; that holds for another ${Math.ceil((held.until - at) / 60_000)} minutes`;
}

/** The adapter took the command, or could not. */
export function answered(
  state: CoreState,
  id: string,
  result: { ok: true } | { ok: false; reason: string },
  at: number,
): Effect[] {
  const pending = state.pending.get(id);
  if (!pending) return [];
  const again = result.ok ? undefined : otherRoad(state, pending, at);
  if (again) return [again];
  if (!result.ok) return finish(state, pending, { state: "unconfirmed", reason: result.reason }, at);
  pending.taken = true;
  if (pending.wants.size === 0) return finish(state, pending, { state: "accepted" }, at);
  // A device that is already as wanted may have nothing new to report.
  const node = state.home.nodes.get(pending.command.target.node);
  for (const [key, value] of pending.wants) {
    const known = node && knownOf(node, key, at);
    if (known?.status === "known" && agrees(key, known.value, value)) pending.seen.add(key);
  }
  return pending.seen.size === pending.wants.size
    ? finish(state, pending, { state: "confirmed", afterMs: at - pending.askedAt }, at)
    : [];
}

/** Once more along another road of the device, where doing it twice does no harm. */
function otherRoad(state: CoreState, pending: Pending, at: number): Effect | undefined {
  const node = state.home.nodes.get(pending.command.target.node);
  return node && isRepeatable(pending.command) ? sendTo(state, pending, node.description, at) : undefined;
}

/** A live reading may be the echo a command waits for. */
export function confirm(state: CoreState, key: string, value: Value, at: number): Effect[] {
  const effects: Effect[] = [];
  for (const pending of state.pending.values()) {
    if (at < pending.askedAt) continue;
    const begun = pending.begins.get(key);
    if (begun !== undefined && agrees(key, value, begun))
      for (const wantedKey of pending.wants.keys()) pending.seen.add(wantedKey);
    const wanted = pending.wants.get(key);
    if (wanted === undefined && begun === undefined) continue;
    if (wanted !== undefined && agrees(key, value, wanted)) pending.seen.add(key);
    else if (wanted !== undefined) pending.seen.delete(key);
    if (pending.seen.size === pending.wants.size)
      effects.push(...finish(state, pending, { state: "confirmed", afterMs: at - pending.askedAt }, at));
  }
  return effects;
}

/** Commands whose time is up are visibly unconfirmed. */
export function expire(state: CoreState, at: number): Effect[] {
  const effects: Effect[] = [];
  for (const pending of state.pending.values()) {
    if (at < pending.deadline) {
      const again = isOverdue(state, pending, at) ? otherRoad(state, pending, at) : undefined;
      if (again) effects.push(again);
      continue;
    }
    const seconds = Math.round(state.limits.confirmMs / 1000);
    effects.push(
      ...finish(
        state,
        pending,
        { state: "unconfirmed", reason: `the device did not report the new state within ${seconds} s` },
        at,
      ),
    );
  }
  effects.push(...holdsOver(state, at));
  return effects;
}

/** A command that was taken and shows nothing may have been lost on its road: MQTT gives no answer. */
const isOverdue = ({ limits }: CoreState, { taken, wants, seen, askedAt }: Pending, at: number): boolean =>
  taken && wants.size > 0 && seen.size === 0 && at - askedAt >= limits.confirmMs * OVERDUE;

/** Of the time that a command has to be confirmed. */
const OVERDUE = 0.4;

/** Commands on their way to a node can't be confirmed any more. */
export function dropPending(state: CoreState, node: NodeId, reason: string, at: number): Effect[] {
  const own = [...state.pending.values()].filter((p) => p.command.target.node === node);
  return own.flatMap((p) => finish(state, p, { state: "unconfirmed", reason }, at));
}

/** Makers round on the wire: what a reported value may differ from the wanted one, by unit. */
const rounding: Readonly<Record<string, number>> = {
  "%": 1,
  mired: 3,
  deg: 3,
  degC: 0.06,
  K: 0.06,
  A: 0.06,
  "epoch-s": 1,
  "1": 0.01,
};

/** A reported value is the wanted one, but for the rounding of its unit. */
export function agrees(key: string, value: Value, wanted: Value): boolean {
  if (typeof value !== "number" || typeof wanted !== "number") return value === wanted;
  const path = parsePath(key);
  const spec: ValueType | undefined = path && capabilities[path.capability]?.attributes[path.attribute];
  const unit = spec?.type === "number" ? spec.unit : undefined;
  const slack = (unit && rounding[unit]) ?? 0;
  // A moment is a large number of which the last digits count.
  return Math.abs(value - wanted) <= (unit === "epoch-s" ? slack : Math.max(slack, Math.abs(wanted) * 1e-6));
}

function finish(state: CoreState, pending: Pending, outcome: Outcome, at: number): Effect[] {
  state.pending.delete(pending.id);
  return settle(state, pending.id, pending.command, outcome, at, pending);
}

function settle(
  state: CoreState,
  id: string,
  command: Command,
  outcome: Outcome,
  at: number,
  of?: Pick<Pending, "origin" | "target">,
): Effect[] {
  const target = of?.target ?? keyOf(command);
  if (of && of.origin.rank !== "person") noteTry(state, target, command, outcome, at);
  const node = state.home.nodes.get(command.target.node);
  const words = "reason" in outcome ? `${outcome.state}: ${outcome.reason}` : outcome.state;
  const detail = `${command.capability}.${command.command} for ${node ? nameOf(node) : command.target.node} ${words}`;
  return [
    { kind: "settle", id, outcome },
    { kind: "tell", event: { type: "outcome", id, target, outcome } },
    { kind: "audit", entry: { at, by: "hub", what: "command-outcome", subject: command.target.node, detail } },
  ];
}

function noteTry(state: CoreState, key: string, command: Command, outcome: Outcome, at: number): void {
  const before = state.tries.get(key);
  const failed = outcome.state !== "confirmed" && outcome.state !== "accepted";
  state.tries.set(key, { wants: gistOf(command), at, failures: failed ? (before?.failures ?? 0) + 1 : 0 });
}

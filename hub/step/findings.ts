import type { Outcome } from "../model/command.ts";
import { clipped, type Finding, type FindingState, type Problem, problemKey } from "../model/finding.ts";
import type { NodeState } from "../model/home.ts";
import type { NodeId } from "../model/path.ts";
import type { CoreState, Effect } from "./state.ts";

const HOUR_MS = 3_600_000;
/** Over by itself once the field has been read right and this long has passed without another bad one. */
const SETTLED_MS = HOUR_MS;
/** Over by itself after this long without another, whatever was read. */
const FADES_MS = 7 * 24 * HOUR_MS;
/** What is over is forgotten after this. */
const FORGOTTEN_MS = 30 * 24 * HOUR_MS;
/** What could be over is looked for once a minute. */
const LOOK_MS = 60_000;
/** Findings of one device: a flood of one must not push out those of the others. */
const MAX_OF_NODE = 100;

/** What helps where nothing better was said: the hub itself has done all it can. */
const FIELD_FIX =
  "The value is left out until it is right. Newer firmware of the device may mend it; the report tells its maker.";

/**
 * Notes a problem: new ones are kept and told, repeated ones counted (kept again at each doubling and each hour, so that
 * a flood costs little). One that was over comes back as what it was.
 */
export function found(state: CoreState, raw: Problem, at: number): Effect[] {
  const problem = clipped(raw.fix === undefined && raw.field !== undefined ? { ...raw, fix: FIELD_FIX } : raw);
  const key = problemKey(problem);
  const known = state.findings.get(key);
  const dropped = known ? [] : makeRoom(state, problem.node);
  const firmware = problem.node ? state.home.nodes.get(problem.node)?.description.firmware : undefined;
  const finding = known ? again(known, problem, firmware, at) : first(problem, key, firmware, at);
  state.findings.set(key, finding);
  const isPowerOfTwo = (finding.count & (finding.count - 1)) === 0;
  const isNewHour = known !== undefined && Math.floor(at / HOUR_MS) !== Math.floor(known.lastAt / HOUR_MS);
  if (!isPowerOfTwo && !isNewHour && finding.state === known?.state) return dropped;
  return [...dropped, ...kept(finding)];
}

const first = (problem: Problem, key: string, firmware: string | undefined, at: number): Finding => ({
  ...problem,
  ...(firmware === undefined ? {} : { firmware }),
  ...{ key, state: "new", count: 1, firstAt: at, lastAt: at },
});

/** The newest words with the count of all; what a person said of it stands while it is the same device with the same firmware. */
function again(known: Finding, problem: Problem, firmware: string | undefined, at: number): Finding {
  const { tried, settled, before } = known;
  const isChanged = known.state === "ignored" && known.firmware !== firmware;
  const state = known.state === "fixed" ? (before ?? "new") : isChanged ? "new" : known.state;
  return {
    ...first(problem, known.key, firmware, at),
    ...{ state, count: known.count + 1, firstAt: known.firstAt, lastAt: Math.max(at, known.lastAt) },
    ...(tried ? { tried } : {}),
    ...(settled && state === known.state ? { settled } : {}),
  };
}

const kept = (finding: Finding): Effect[] => [
  { kind: "keepFinding", key: finding.key, finding },
  { kind: "tell", event: { type: "finding", key: finding.key } },
];

/** A person's word on a finding. Nothing for one that is not there or is so already. */
export function findingSet(state: CoreState, key: string, to: FindingState, by: string, at: number): Effect[] {
  const known = state.findings.get(key);
  if (!known || known.state === to) return [];
  const { before: _, ...rest } = known;
  const finding: Finding = { ...rest, state: to, settled: { by, at } };
  state.findings.set(key, finding);
  const entry = { at, by, what: `finding-${to}`, subject: known.node ?? "home", detail: known.message };
  return [...kept(finding), { kind: "audit", entry }];
}

/** What became of a remedy. One that the device took is over; if it was not, the finding comes back as new. */
export function findingTried(state: CoreState, key: string, by: string, outcome: Outcome, at: number): Effect[] {
  const known = state.findings.get(key);
  if (!known) return [];
  const isDone = outcome.state === "confirmed" || outcome.state === "accepted";
  state.findings.set(key, { ...known, tried: { by, at, outcome } });
  if (isDone) return findingSet(state, key, "fixed", by, at);
  return kept({ ...known, tried: { by, at, outcome } });
}

/** Once a minute: what is over by itself, and what has been over for long enough to be forgotten. */
export function fadeFindings(state: CoreState, at: number): Effect[] {
  if (at - state.faded.lookedAt < LOOK_MS) return [];
  state.faded.lookedAt = at;
  const effects: Effect[] = [];
  for (const finding of state.findings.values()) {
    const why = whyOver(state, finding, at);
    if (why) effects.push(...over(state, finding, why, at));
    else if (finding.state === "fixed" && at - (finding.settled?.at ?? finding.lastAt) > FORGOTTEN_MS)
      effects.push(drop(state, finding.key));
  }
  return effects;
}

/** The findings of a device that left its place in the home are over with it. */
export function overWith(state: CoreState, node: NodeId, why: string, at: number): Effect[] {
  const own = [...state.findings.values()].filter((f) => f.node === node && isOpen(f));
  return own.flatMap((f) => over(state, f, why, at));
}

const isOpen = (f: Finding): boolean => f.state === "new" || f.state === "accepted";

function over(state: CoreState, finding: Finding, why: string, at: number): Effect[] {
  const before = finding.state === "accepted" ? "accepted" : "new";
  const done: Finding = { ...finding, state: "fixed", before, settled: { by: "hub", at, why } };
  state.findings.set(finding.key, done);
  return kept(done);
}

function whyOver(state: CoreState, finding: Finding, at: number): string | undefined {
  if (!isOpen(finding)) return undefined;
  const quiet = at - finding.lastAt;
  if (quiet > FADES_MS) return "not seen again for seven days";
  const node = finding.node === undefined ? undefined : state.home.nodes.get(finding.node);
  return quiet > SETTLED_MS && node && readRight(node, finding) ? "the field is read right again" : undefined;
}

/** The field came in good form, live, after the last bad one. Adapters name it by topic and field, the core by its path. */
function readRight(node: NodeState, { topic, field, lastAt }: Finding): boolean {
  if (field === undefined) return false;
  // A topic may say the first part of a field; the source then holds the rest of it.
  const from = `${topic}#`;
  for (const [key, held] of node.values) {
    if (held.ageUnknown || held.at <= lastAt) continue;
    if (key === field || (held.source.startsWith(from) && endsWithPart(field, held.source.slice(from.length))))
      return true;
  }
  return false;
}

const endsWithPart = (field: string, part: string): boolean =>
  field === part || (part !== "" && field.endsWith(part) && !/[a-z0-9]/i.test(field.at(-part.length - 1) ?? ""));

/** Room for one more of this device: what is over goes first, then what nobody looked at, the longest quiet first. */
function makeRoom(state: CoreState, node: NodeId | undefined): Effect[] {
  const all = [...state.findings.values()];
  const own = all.filter((f) => f.node === node);
  const crowd = own.length >= MAX_OF_NODE ? own : all.length >= state.limits.maxFindings ? all : [];
  let least: Finding | undefined;
  for (const f of crowd) if (!least || isWorthLess(f, least)) least = f;
  return least ? [drop(state, least.key)] : [];
}

const worth = (f: Finding): number => (f.state === "fixed" ? 0 : f.state === "new" ? 1 : 2);
const isWorthLess = (a: Finding, b: Finding): boolean =>
  worth(a) === worth(b) ? a.lastAt < b.lastAt : worth(a) < worth(b);

function drop(state: CoreState, key: string): Effect {
  state.findings.delete(key);
  return { kind: "dropFinding", key };
}

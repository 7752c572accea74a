/** What one step of a rule does. */
import type { Value } from "../../model/capability.ts";
import type { Command, Outcome } from "../../model/command.ts";
import { type CommandStep, isSwitching, type Step } from "../../model/rule/step.ts";
import { targetOf } from "../../rules/arbitrate.ts";
import { actionInWords } from "../../rules/explain.ts";
import { worth } from "../../rules/formula.ts";
import type { Picture, Spot } from "../../rules/picture.ts";
import type { Run } from "../../rules/run/run.ts";
import { expressionInWords } from "../../rules/words/expression.ts";
import { targetInWords } from "../../rules/words/target.ts";
import { asked } from "../commands.ts";
import { houseChanged } from "../house.ts";
import { nameNow } from "../identity/names.ts";
import { alreadySo } from "../rules.ts";
import type { CoreState, Effect } from "../state.ts";
import { isTooOften, leftOut } from "./limits.ts";
import { isBad, outcomeInWords } from "./outcome.ts";
import { pictureFor } from "./picture.ts";
import { scene } from "./scene.ts";
import { start } from "./start.ts";
import type { KeptEventRule } from "./state.ts";
import { switchRule } from "./switch-rule.ts";
import { notify } from "./tell.ts";
import { note, noteNode } from "./tracing.ts";
import { selected } from "./watch.ts";

type Acting = Exclude<Step, { kind: "wait" | "waitUntil" | "stop" | "choose" | "repeat" | "ask" }>;

/** Carries one step out and notes in the run what came of it. */
export function act(state: CoreState, run: Run, rule: KeptEventRule, step: Acting, now: number): Effect[] {
  switch (step.kind) {
    case "command":
      return command(state, run, rule, step, now);
    case "set": {
      const found = worth(step.to, pictureFor(state, now, run));
      if ("unknown" in found) note(run, now, `${step.variable} keeps its value: ${found.unknown}`, true);
      else {
        run.variables[step.variable] = found.value;
        note(run, now, `${step.variable} is ${found.value}`);
      }
      return [];
    }
    case "notify":
      return notify(state, run, rule, step, now);
    case "scene":
      return scene(state, run, step.scene, { rank: "rule", by: rule.id, reason: reasonOf(run, rule) }, now);
    case "mode":
      note(run, now, `changed the house to mode ${step.to}`);
      return houseChanged(state, {
        kind: "modeSet",
        mode: step.to,
        by: `rule:${rule.id}`,
        reason: reasonOf(run, rule),
        at: now,
      });
    case "rule":
      if (isSwitching(step)) return switchRule(state, run, rule, step, now);
      return step.does === "end"
        ? endOther(state, run, rule, step.rule, now)
        : another(state, run, rule, step.rule, now);
  }
}

const reasonOf = (run: Run, rule: KeptEventRule): string =>
  `${rule.title}: ${run.cause}${run.said === undefined ? "" : `; ${run.said}`}`;

function another(state: CoreState, run: Run, rule: KeptEventRule, id: string, now: number): Effect[] {
  const other = state.automation.rules.find((r): r is KeptEventRule => r.id === id && r.form === "when");
  if (!other?.enabled) {
    note(run, now, other ? `${other.title} is switched off` : `there is no rule ${id} that can be started`, true);
    return [];
  }
  note(run, now, `started the rule ${other.title}`);
  const cause = `the rule ${rule.title} started it`;
  start(state, other, { cause, started: {}, depth: run.depth + 1, nodes: [] }, now);
  return [];
}

/** Ends what another rule is doing; what waits for its turn does not come. */
function endOther({ automation }: CoreState, run: Run, rule: KeptEventRule, id: string, now: number): Effect[] {
  const other = automation.rules.find((r) => r.id === id);
  const own = [...automation.runs.values()].filter((r) => r.rule === id && r.endedAt === undefined);
  for (const one of own) {
    one.waiting = undefined;
    one.cancelled = `the rule ${rule.title} ended it`;
    automation.due.add(one.id);
  }
  const words = own.length > 0 ? `ended the rule ${other?.title ?? id}` : `${other?.title ?? id} was not running`;
  note(run, now, other ? words : `there is no rule ${id}`, !other);
  return [];
}

function command(state: CoreState, run: Run, rule: KeptEventRule, step: CommandStep, now: number): Effect[] {
  const spots = selected(state, step.target, step.capability);
  const names = (id: string) => nameNow(state, id);
  if (spots.length === 0) {
    note(run, now, `${targetInWords(step.target, names)}: no device that is meant has ${step.capability}`, true);
    return [];
  }
  const args: Record<string, Value> = {};
  let picture: Picture | undefined;
  for (const [name, formula] of Object.entries(step.args ?? {})) {
    picture ??= pictureFor(state, now, run);
    const found = worth(formula, picture);
    if ("unknown" in found) {
      note(
        run,
        now,
        `${step.capability}.${step.command} was not asked: ${name} (${expressionInWords(formula, names)}) is not known, ${found.unknown}`,
        true,
      );
      return [];
    }
    args[name] = found.value;
  }
  const [only] = spots;
  if (only && spots.length === 1) return askOne(state, run, rule, step, only, args, now);
  return spots.flatMap((spot) => askOne(state, run, rule, step, spot, args, now));
}

function askOne(
  state: CoreState,
  run: Run,
  rule: KeptEventRule,
  step: CommandStep,
  spot: Spot,
  args: Readonly<Record<string, Value>>,
  now: number,
): Effect[] {
  const { capability, command: name } = step;
  const given: Command = { target: spot, capability, command: name, args };
  const action = { node: spot.node, endpoint: spot.endpoint, capability, command: name, args };
  const words = actionInWords(action, (id) => nameNow(state, id));
  noteNode(run, spot.node);
  const target = targetOf(action);
  if (!isPending(state, target) && alreadySo(state, given, now)) {
    note(run, now, `${words}: it is so already`);
    return [];
  }
  const keeper = state.automation.wants.get(target);
  if (keeper && (keeper.rule.origin === "plan" || (keeper.rule.rank ?? 0) >= (rule.rank ?? 0))) {
    note(run, now, `${words}: gave way to "${keeper.rule.title}", which keeps it as it is`, true);
    return [];
  }
  const runaway = run.cancelled ?? isTooOften(state, "asks", rule, now);
  if (runaway) {
    run.cancelled = runaway;
    return [];
  }
  const { pending, limits } = state;
  if (pending.size >= limits.maxPending)
    leftOut(state, `${limits.maxPending} commands wait for their devices`, rule.title);
  const id = `${run.id}:${run.done}:${spot.node}/${spot.endpoint}`;
  const effects = asked(state, id, given, { rank: "rule", by: rule.id, reason: reasonOf(run, rule) }, now);
  const settled = settledAt(effects, id);
  if (settled) note(run, now, `${words}: ${outcomeInWords(settled.outcome)}`, isBad(settled.outcome));
  else {
    run.open.push({ id, words });
    note(run, now, `${words}: asked`);
  }
  return effects;
}

function settledAt(effects: readonly Effect[], id: string): Extract<Effect, { kind: "settle" }> | undefined {
  for (const effect of effects) if (effect.kind === "settle" && effect.id === id) return effect;
  return undefined;
}

function isPending({ pending }: CoreState, target: string): boolean {
  for (const p of pending.values()) if (p.target === target) return true;
  return false;
}

/** What became of a command that a run asked for. */
export function noteOutcome(state: CoreState, id: string, outcome: Outcome, now: number): void {
  const run = state.automation.runs.get(id.slice(0, Math.max(0, id.indexOf(":"))));
  const place = run?.open.findIndex((o) => o.id === id) ?? -1;
  const words = run?.open[place]?.words;
  if (!run || words === undefined) return;
  run.open.splice(place, 1);
  const isSettled = run.open.length === 0;
  // What a waiting run has come to is kept too: after a restart nobody could tell.
  if (isSettled) run.keptFor = undefined;
  if (isSettled && (run.endedAt !== undefined || run.wakeAt !== undefined)) state.automation.due.add(run.id);
  const before = `${words}: asked`;
  const at = run.lines.findLastIndex((l) => l.text === before);
  const bad = isBad(outcome) ? { bad: true as const } : {};
  if (at >= 0)
    run.lines[at] = {
      at: run.lines[at]?.at ?? now,
      text: `${words}: ${outcomeInWords(outcome)}`.slice(0, 300),
      ...bad,
    };
}

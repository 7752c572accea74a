import type { Outcome } from "../model/command.ts";
import type { Notice } from "../model/house.ts";
import type { NodeDescription } from "../model/node.ts";
import type { Adapter, Log, Store } from "../ports.ts";
import type { Effect, Input } from "../step.ts";
import type { Bus } from "./bus.ts";

export interface EffectParts {
  readonly store: Store;
  readonly bus: Bus;
  readonly log: Log;
  readonly now: () => number;
  readonly adapterFor: (node: NodeDescription) => Adapter | undefined;
  readonly put: (input: Input) => void;
  /** On the ways out that people chose. */
  readonly notify: (notice: Notice) => void;
  /** Those who wait for a command's outcome, by the command's id. */
  readonly waiting: Map<string, (outcome: Outcome) => void>;
}

/** What comes of itself, often: it may wait for others, so that a flush of the disk does not come before each command of a rule. */
const UNHURRIED: ReadonlySet<Effect["kind"]> = new Set([
  ...(["keepRun", "dropRun", "keepMoment", "keepHomeRule", "keepFinding", "dropFinding"] as const),
  ...(["keepNotice", "dropNotice", "keepAway", "forgetAway"] as const),
]);
/** A question is on people's phones at once: that it was asked, or is over, must be known after a power cut too. */
const isPressing = (effect: Effect): boolean =>
  !UNHURRIED.has(effect.kind) || (effect.kind === "keepNotice" && effect.notice.question !== undefined);
const OF_ITSELF = /^(hub$|rule:|plan:|safety:)/;

/** Carries out what the core decided. Slow disks must not hold the loop: what is not acknowledged to anyone is kept a little later. */
export function createEffects(parts: EffectParts): (effect: Effect) => void {
  let audits = 0;
  const carryOut = (effect: Effect): void => {
    switch (effect.kind) {
      case "record":
        parts.store.appendReadings(effect.readings);
        break;
      case "tell":
        parts.bus.tell(effect.event);
        break;
      case "send":
        send(parts, effect);
        break;
      case "settle":
        parts.waiting.get(effect.id)?.(effect.outcome);
        parts.waiting.delete(effect.id);
        break;
      case "audit":
        audits += 1;
        parts.store.later(
          `audit-${audits}`,
          () => parts.store.appendAudit(effect.entry),
          !OF_ITSELF.test(effect.entry.by),
        );
        break;
      case "keepRepair":
        kept(parts.log, () => parts.store.repairs.put(effect.repair));
        break;
      case "dropRepair":
        kept(parts.log, () => parts.store.repairs.remove(effect.id));
        break;
      case "trace":
        parts.store.traces.append([effect.trace]);
        break;
      case "keepHouse":
        kept(parts.log, () => parts.store.put("house", "house", effect.house), "the house's mode and people");
        break;
      case "notify":
        parts.notify(effect.notice);
        break;
      default: {
        const write = documentWrite(parts.store, effect);
        if (write) parts.store.later(...write, isPressing(effect));
      }
    }
  };
  return carryOut;
}

/** Small documents that are written a few at a time, each under the name by which a newer write replaces an older. */
function documentWrite(store: Store, effect: Effect): readonly [name: string, write: () => void] | undefined {
  switch (effect.kind) {
    case "keepNode":
      return [`node-${effect.node.id}`, () => store.put("node", effect.node.id, effect.node)];
    case "forgetNode":
      return [`node-${effect.node}`, () => store.remove("node", effect.node)];
    case "keepFinding":
      return [`finding-${effect.key}`, () => store.put("finding", effect.key, effect.finding)];
    case "dropFinding":
      return [`finding-${effect.key}`, () => store.remove("finding", effect.key)];
    case "keepSettings":
      return [`settings-${effect.node}`, () => store.put("nodeSettings", effect.node, effect.settings)];
    case "keepMerge":
      return [`merge-${effect.device}`, () => store.put("merge", effect.device, effect.merge)];
    case "dropMerge":
      return [`merge-${effect.device}`, () => store.remove("merge", effect.device)];
    case "keepProposal":
      return [`proposal-${effect.key}`, () => store.put("identityProposal", effect.key, effect.proposal)];
    case "dropProposal":
      return [`proposal-${effect.key}`, () => store.remove("identityProposal", effect.key)];
    case "keepAway":
      return [`away-${effect.node}`, () => store.put("away", effect.node, { id: effect.node })];
    case "forgetAway":
      return [`away-${effect.node}`, () => store.remove("away", effect.node)];
    case "keepRun":
      return [`run-${effect.run.id}`, () => store.put("run", effect.run.id, effect.run)];
    case "keepHomeRule":
      return [`homeRule-${effect.rule.id}`, () => store.put("homeRule", effect.rule.id, effect.rule)];
    case "keepMoment":
      return [`moment-${effect.key}`, () => store.put("ruleMoment", effect.key, { key: effect.key, at: effect.at })];
    case "dropRun":
      return [`run-${effect.id}`, () => store.remove("run", effect.id)];
    case "keepHold":
      return [
        `hold-${effect.target}`,
        () => store.put("hold", effect.target, { ...effect.hold, target: effect.target }),
      ];
    case "dropHold":
      return [`hold-${effect.target}`, () => store.remove("hold", effect.target)];
    case "keepNotice":
      return [`notice-${effect.notice.id}`, () => store.put("notice", effect.notice.id, effect.notice)];
    case "dropNotice":
      return [`notice-${effect.id}`, () => store.remove("notice", effect.id)];
    default:
      return undefined;
  }
}

/** At once: what was judged of a counter must be known after a power cut too. A full disk must not stop the house. */
function kept(log: Log, write: () => void, what = "a repair of a counter"): void {
  try {
    write();
  } catch (error) {
    log.error({ error }, `${what} could not be written`);
  }
}

function send(parts: EffectParts, effect: Extract<Effect, { kind: "send" }>): void {
  const adapter = parts.adapterFor(effect.node);
  const answer = adapter
    ? adapter.send(effect.command, effect.node)
    : Promise.resolve({ ok: false as const, reason: "its adapter is not running" });
  answer
    .catch((error: unknown) => ({
      ok: false as const,
      reason: error instanceof Error ? error.message : "the adapter failed",
    }))
    .then((result) => parts.put({ kind: "answered", id: effect.id, result, at: parts.now() }))
    .catch((error: unknown) => parts.log.error({ error }, "an answer could not be taken in"));
}

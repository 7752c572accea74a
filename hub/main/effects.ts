import type { Outcome } from "../model/command.ts";
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
  /** Those who wait for a command's outcome, by the command's id. */
  readonly waiting: Map<string, (outcome: Outcome) => void>;
}

/** Carries out what the core decided. Slow disks must not hold the loop: what is not acknowledged to anyone is kept in small slices. */
export function createEffects(parts: EffectParts) {
  const later = createLater(parts.log);
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
        later.add(`audit-${audits}`, () => parts.store.appendAudit(effect.entry));
        break;
      case "keepNode":
        later.add(`node-${effect.node.id}`, () => parts.store.put("node", effect.node.id, effect.node));
        break;
      case "forgetNode":
        later.add(`node-${effect.node}`, () => parts.store.remove("node", effect.node));
        break;
      case "keepFinding":
        later.add(`finding-${effect.key}`, () => parts.store.put("finding", effect.key, effect.finding));
        break;
      case "dropFinding":
        later.add(`finding-${effect.key}`, () => parts.store.remove("finding", effect.key));
        break;
      case "keepSettings":
        later.add(`settings-${effect.node}`, () => parts.store.put("nodeSettings", effect.node, effect.settings));
        break;
      case "keepMerge":
        later.add(`merge-${effect.device}`, () => parts.store.put("merge", effect.device, effect.merge));
        break;
      case "dropMerge":
        later.add(`merge-${effect.device}`, () => parts.store.remove("merge", effect.device));
        break;
      case "keepProposal":
        later.add(`proposal-${effect.key}`, () => parts.store.put("identityProposal", effect.key, effect.proposal));
        break;
      case "dropProposal":
        later.add(`proposal-${effect.key}`, () => parts.store.remove("identityProposal", effect.key));
        break;
      case "keepRepair":
        kept(parts.log, () => parts.store.repairs.put(effect.repair));
        break;
      case "dropRepair":
        kept(parts.log, () => parts.store.repairs.remove(effect.id));
        break;
      case "keepAway":
        later.add(`away-${effect.node}`, () => parts.store.put("away", effect.node, { id: effect.node }));
        break;
      case "forgetAway":
        later.add(`away-${effect.node}`, () => parts.store.remove("away", effect.node));
        break;
    }
  };
  return { carryOut, flush: later.flush };
}

/** At once: what was judged of a counter must be known after a power cut too. A full disk must not stop the house. */
function kept(log: Log, write: () => void): void {
  try {
    write();
  } catch (error) {
    log.error({ error }, "a repair of a counter could not be written");
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

/** Small writes, done a few at a time between inputs; a newer write under the same name replaces the older. */
function createLater(log: Log) {
  const MAX_WAITING = 5000;
  const SLICE_MS = 8;
  const waiting = new Map<string, () => void>();
  let scheduled = false;
  const one = (name: string, write: () => void) => {
    waiting.delete(name);
    try {
      write();
    } catch (error) {
      log.error({ error, name }, "could not be written");
    }
  };
  const slice = () => {
    scheduled = false;
    const until = performance.now() + SLICE_MS;
    for (const [name, write] of waiting) {
      if (performance.now() > until) {
        schedule();
        return;
      }
      one(name, write);
    }
  };
  const schedule = () => {
    if (scheduled) return;
    scheduled = true;
    setImmediate(slice);
  };
  return {
    add(name: string, write: () => void): void {
      if (waiting.size >= MAX_WAITING && !waiting.has(name)) {
        log.error({ name }, "too many writes wait; one was dropped");
        return;
      }
      waiting.set(name, write);
      schedule();
    },
    flush(): void {
      for (const [name, write] of waiting) one(name, write);
    },
  };
}

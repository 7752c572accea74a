import { addressMark, isOwnMark, marksIn } from "../../adapters/matter/own-mark.ts";
import { createLoop } from "../loop.ts";
import type { Outcome } from "../model/command.ts";
import type { Notice } from "../model/house.ts";
import type { Adapter, Clock, Log, Store } from "../ports.ts";
import type { CoreState, Input } from "../step.ts";
import type { Bus } from "./bus.ts";
import { createEffects } from "./effects.ts";
import { hubIdOf } from "./hub-id.ts";
import { restoreState } from "./restore.ts";

const TICK_MS = 1000;

export interface Core {
  readonly state: CoreState;
  readonly put: (input: Input) => boolean;
  readonly waiting: Map<string, (outcome: Outcome) => void>;
  /** Set once the adapters have started. */
  adapters: readonly Adapter[];
  /** Set once the ways out are there. */
  notify: (notice: Notice) => void;
  stop(): void;
}

/** The loop with its state, its effects and its heartbeat. */
export function createCore(parts: { store: Store; clock: Clock; bus: Bus; log: Log; speed: number }): Core {
  const { store, clock, bus, log, speed } = parts;
  const state = restoreState(store, speed);
  const hubId = hubIdOf(store);
  state.identity.isOwnMark = (text) => isOwnMark(hubId, text);
  Object.assign(state.identity, { marksIn, addressMark });
  const waiting = new Map<string, (outcome: Outcome) => void>();
  const now = () => clock.now();
  const carryOut = createEffects({
    store,
    bus,
    log,
    now,
    waiting,
    put: (input) => core.put(input),
    notify: (notice) => core.notify(notice),
    adapterFor: (node) => core.adapters.find((a) => a.name === node.adapter),
  });
  const loop = createLoop({
    state,
    now,
    carryOut,
    failed: (error, input) =>
      log.error(
        { error: error instanceof Error ? error.stack : String(error), input: input.kind },
        "an input was dropped",
      ),
  });
  const tick = () => ({ kind: "tick" as const, at: now(), ...(clock.steady && { steadyMs: clock.steady() }) });
  const timer = setInterval(() => loop.put(tick()), TICK_MS);
  const core: Core = {
    state,
    put: loop.put,
    waiting,
    adapters: [],
    notify: () => undefined,
    stop() {
      clearInterval(timer);
      for (const settle of waiting.values()) settle({ state: "unconfirmed", reason: "the hub is ending" });
    },
  };
  return core;
}

import type { HubEvent } from "../ports.ts";

/** Shorter than anyone sees, and long enough that a house that speaks all at once costs one write and not thousands. */
const WINDOW_MS = 3;
/** So many values wait in one window; at that many it ends early. */
const MAX_KEYS = 10_000;

type ValueEvent = Extract<HubEvent, { type: "value" }>;

/**
 * Gathers `value` events: one that comes after quiet goes at once, those of the next 3 ms go together at their end, of each
 * key the last. Other events pass as they are. Order per key is kept. Nothing is thinned out beyond that: what a reader is
 * too slow for is thinned out for that reader alone.
 */
export function coalesced(parts: {
  readonly event: (event: HubEvent) => void;
  readonly values: (events: ReadonlyMap<string, ValueEvent>) => void;
}): { push(event: HubEvent): void; stop(): void } {
  let held = new Map<string, ValueEvent>();
  let timer: NodeJS.Timeout | undefined;

  const flush = (): void => {
    const batch = held;
    held = new Map();
    timer = batch.size > 0 ? setTimeout(flush, WINDOW_MS).unref() : undefined;
    if (batch.size > 0) parts.values(batch);
  };

  return {
    push(event) {
      if (event.type !== "value") return parts.event(event);
      held.set(event.key, event);
      if (timer !== undefined && held.size < MAX_KEYS) return;
      clearTimeout(timer);
      flush();
    },
    stop() {
      clearTimeout(timer);
      held.clear();
    },
  };
}

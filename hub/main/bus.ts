import type { HubEvent } from "../ports.ts";

type Listener = (event: HubEvent) => void;

/** More listeners than any home has dashboards; beyond it a subscription throws. */
const MAX_LISTENERS = 64;

export interface Bus {
  tell(event: HubEvent): void;
  subscribe(listener: Listener): () => void;
}

/** Tells every listener at once; one that throws is taken off so that it can't harm the others. */
export function createBus(failed: (error: unknown) => void): Bus {
  const listeners = new Set<Listener>();
  return {
    tell(event) {
      for (const listener of listeners) {
        try {
          listener(event);
        } catch (error) {
          listeners.delete(listener);
          failed(error);
        }
      }
    },
    subscribe(listener) {
      if (listeners.size >= MAX_LISTENERS) throw new RangeError(`more than ${MAX_LISTENERS} listeners`);
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

import { randomUUID } from "node:crypto";
import { createFinds, type FindsRoom } from "../planning/finds/desk.ts";
import type { Clock, LanguageModel, Planning, Store } from "../ports.ts";
import type { Core } from "./core.ts";
import type { Jobs } from "./jobs.ts";
import type { HubSettings } from "./settings.ts";

/** How often it is looked whether a day has gone since the last search; the first look waits until the house has settled. */
const LOOK_MS = 20 * 60_000;
const LEAST_LOOK_MS = 60_000;

interface Parts {
  readonly settings: Pick<HubSettings, "speed">;
  readonly store: Store;
  readonly clock: Clock;
  readonly core: Core;
  readonly jobs: Jobs;
  readonly planning: Planning;
  readonly languageModel: LanguageModel;
}

/** The desk of finds with its clock. */
export function createFindsRoom(parts: Parts): Omit<FindsRoom, "stop"> & { stop(): Promise<void> } {
  const { settings, store, clock, core, jobs, planning, languageModel } = parts;
  const desk = createFinds({
    home: () => core.state.home,
    store,
    now: () => clock.now(),
    tariff: () => core.state.tariff,
    languageModel,
    loads: planning.loads,
    wishes: planning.wishes,
    offer: planning.offer,
    audit: (entry) => store.appendAudit(entry),
    yieldNow: () => new Promise((resolve) => setImmediate(resolve)),
    job: (title, cancel) => jobs.add(`finds-${randomUUID()}`, title, cancel),
  });
  const timer = setInterval(desk.due, Math.max(LEAST_LOOK_MS, LOOK_MS / settings.speed));
  return {
    ...desk,
    async stop() {
      clearInterval(timer);
      desk.stop();
      await desk.idle();
    },
  };
}

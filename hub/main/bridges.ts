import { join } from "node:path";
import { type BridgeSide, createBridges } from "../../adapters/matter/bridge.ts";
import type { BridgeSettings, Clock, Hub, Log, Store } from "../ports.ts";
import type { Input } from "../step.ts";
import { entryPath } from "./entries.ts";
import { hubIdOf } from "./hub-id.ts";
import type { HubSettings } from "./settings.ts";

export interface BridgesParts {
  readonly settings: Pick<HubSettings, "data" | "matter">;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly put: (input: Input) => boolean;
  /** The hub's own doors; only used once it is there. */
  readonly hub: () => Pick<Hub, "home" | "subscribe" | "command" | "tariff" | "prices">;
}

const PREFIX = "bridge-";

/** The Matter bridges with what they need of the house. Nothing runs before {@link BridgeSide.start}. */
export function bridgesOf({ settings, store, clock, log, put, hub }: BridgesParts): BridgeSide {
  const now = () => clock.now();
  return createBridges({
    entry: entryPath("matter-bridge"),
    storage: join(settings.data, "matter-bridge"),
    log,
    off: settings.matter ? undefined : "Matter is turned off; start the hub without --no-matter",
    hubId: hubIdOf(store),
    home: () => hub().home,
    now,
    tariff: () =>
      store.get("tariff", "tariff") === undefined
        ? undefined
        : {
            name: hub().tariff().name,
            currency: hub().home.settings.currency,
            prices: (from, to) => hub().prices(from, to),
          },
    subscribe: (listener) => hub().subscribe(listener),
    command: (command, origin) => hub().command(command, origin),
    problem: (problem) => void put({ kind: "problem", problem, at: now() }),
    kept: {
      all: () => store.get<{ readonly bridges: readonly BridgeSettings[] }>("matter", "bridges")?.bridges ?? [],
      set: (bridges) => store.put("matter", "bridges", { bridges }),
    },
    audit: (by, what, subject, detail) =>
      void store.appendAudit({ at: now(), by, what, subject: `${PREFIX}${subject}`, detail }),
  });
}

import type { KeptAdapter } from "../../../adapters/house/kept.ts";
import type { MqttAdapter } from "../../../adapters/mqtt/link.ts";
import type { Clock, HouseDesk, HouseNumbers, HouseSwitches, Log, Notices, Scenes, Store } from "../../ports.ts";
import type { Bus } from "../bus.ts";
import type { Core } from "../core.ts";
import { createCommand } from "../facade.ts";
import { startNotices } from "../notify/index.ts";
import { createHouseDesk } from "./desk.ts";
import { NetworkWatch } from "./network.ts";
import { createNumberDesk } from "./numbers.ts";
import { createScenes } from "./scenes.ts";
import { createSwitchDesk } from "./switches.ts";

export interface Living {
  readonly house: HouseDesk;
  readonly scenes: Scenes;
  readonly switches: HouseSwitches;
  readonly numbers: HouseNumbers;
  readonly notices: Notices;
}

export interface LivingParts {
  readonly core: Core;
  readonly store: Store;
  readonly clock: Clock;
  readonly bus: Bus;
  readonly log: Log;
  /** The hub's data folder. */
  readonly data: string;
  readonly mqtt: Pick<MqttAdapter, "announce" | "brokers" | "hear">;
  readonly kept: KeptAdapter;
}

/**
 * The house as people live in it: its desk, its scenes, what people are told and on which ways, and the look for phones of
 * those who allow it.
 */
export function startLiving(parts: LivingParts, onEnd: (end: () => unknown) => void): Living {
  const { core, store, clock, bus, log, data, mqtt } = parts;
  const { state, put, waiting } = core;
  const watch = new NetworkWatch({
    people: () => state.house.people,
    told: (person, home, by) => put({ kind: "presenceSet", person, home, source: "network", by, at: clock.now() }),
  });
  watch.start();
  onEnd(() => watch.stop());
  const { notices, notify } = startNotices({ state, store, clock, log, put, waiting, mqtt, data }, onEnd);
  core.notify = notify;
  const command = createCommand({ put, waiting, clock });
  return {
    house: createHouseDesk({
      ...{ state, clock, put, store, look: () => void watch.look() },
      seen: (person) => watch.words(person),
    }),
    scenes: createScenes({ state, store, clock, put, subscribe: bus.subscribe, command }),
    switches: createSwitchDesk({ state, store, clock, put, kept: parts.kept }),
    numbers: createNumberDesk({ state, store, clock, put, kept: parts.kept }),
    notices,
  };
}

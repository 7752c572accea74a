import type { NodeId } from "../model/path.ts";
import type {
  Clock,
  MatterAnswer,
  MatterFacts,
  MatterHome,
  MatterNode,
  MatterSettings,
  MatterShare,
  Store,
} from "../ports.ts";
import { devicesBehind } from "../step/places.ts";
import type { CoreState } from "../step.ts";
import type { Jobs } from "./jobs.ts";
import { createMatterUpdates, type UpdateSource } from "./matter-updates.ts";

/** The Matter adapter's own side of it: by the devices' ids, and without a word on who asked. */
export interface MatterDevices {
  node(device: NodeId): Promise<MatterAnswer<MatterNode>>;
  share(device: NodeId): Promise<MatterAnswer<MatterShare>>;
  endShare(device: NodeId): Promise<MatterAnswer<true>>;
  rename(device: NodeId, label: string): Promise<MatterAnswer<true>>;
  removeFabric(device: NodeId, index: number): Promise<MatterAnswer<true>>;
  pairingFacts(): Promise<Pick<MatterFacts, "roots" | "bluetooth"> | undefined>;
  setOnline(online: boolean): void;
  readonly updates: UpdateSource;
}

interface Parts {
  readonly state: CoreState;
  readonly store: Store;
  readonly clock: Clock;
  readonly jobs: Jobs;
  /** Undefined when Matter is turned off. */
  readonly matter: MatterDevices | undefined;
}

/** What a person set for Matter; off is where a home starts. */
export const keptSettings = (store: Store): MatterSettings =>
  store.get<MatterSettings>("matter", "settings") ?? { online: false };

/** Matter's side of a node by its place in this home, with a line in the audit for all that changes a device. */
export function createMatterHome({ state, store, clock, jobs, matter }: Parts): MatterHome {
  const through = async <T>(id: NodeId, work: (matter: MatterDevices, device: NodeId) => Promise<MatterAnswer<T>>) => {
    const road = devicesBehind(state, id).find(({ description }) => description.adapter === "matter");
    if (!matter || !road) return { ok: false, why: "absent", reason: "This is no Matter device of this hub." } as const;
    return work(matter, road.device);
  };
  const noted = <T>(answer: MatterAnswer<T>, by: string, what: string, subject: NodeId, detail: string) => {
    if (answer.ok) store.appendAudit({ at: clock.now(), by, what, subject, detail });
    return answer;
  };
  return {
    updates: createMatterUpdates({ state, store, clock, jobs, source: matter?.updates }),
    async facts() {
      const known = await matter?.pairingFacts();
      const { roots = 0, bluetooth = false } = known ?? {};
      return { online: keptSettings(store).online, running: known !== undefined, roots, bluetooth };
    },
    configure(settings, by) {
      store.put("matter", "settings", settings);
      const at = clock.now();
      store.appendAudit({
        at,
        by,
        what: "matter-configured",
        subject: "matter",
        detail: settings.online ? "online" : "offline",
      });
      matter?.setOnline(settings.online);
    },
    node: (id) => through(id, (m, device) => m.node(device)),
    share: async (id, by) =>
      noted(await through(id, (m, device) => m.share(device)), by, "matter-shared", id, "15 minutes"),
    endShare: async (id, by) =>
      noted(await through(id, (m, device) => m.endShare(device)), by, "matter-share-ended", id, ""),
    rename: async (id, label, by) =>
      noted(await through(id, (m, device) => m.rename(device, label)), by, "matter-renamed", id, label),
    removeFabric: async (id, index, by) =>
      noted(
        await through(id, (m, device) => m.removeFabric(device, index)),
        by,
        "matter-home-removed",
        id,
        `home ${index}`,
      ),
  };
}

import { nameOf } from "../model/home.ts";
import type { NodeId } from "../model/path.ts";
import type { BadUpdateFile, Clock, DeviceUpdate, MatterAnswer, MatterUpdates, Store, UpdateRun } from "../ports.ts";
import { devicesBehind } from "../step/places.ts";
import type { CoreState } from "../step.ts";
import type { JobHandle, Jobs } from "./jobs.ts";

/** The Matter adapter's own side of it, by the devices' ids. */
export interface UpdateSource {
  readonly folder: string;
  readonly badFiles: readonly BadUpdateFile[];
  of(device: NodeId): DeviceUpdate | undefined;
  onChange(listener: (device: NodeId, update: DeviceUpdate) => void): void;
  look(device: NodeId): Promise<MatterAnswer<true>>;
  apply(device: NodeId, version: number): Promise<MatterAnswer<true>>;
  stop(device: NodeId): Promise<MatterAnswer<true>>;
}

interface Parts {
  readonly state: CoreState;
  readonly store: Store;
  readonly clock: Clock;
  readonly jobs: Jobs;
  /** Undefined when Matter is turned off. */
  readonly source: UpdateSource | undefined;
}

interface Watched {
  readonly node: NodeId;
  readonly by: string;
  readonly job: JobHandle;
}

const absent = { ok: false, why: "absent", reason: "This is no Matter device of this hub." } as const;

/** Updates by the places of this home: a job shows each one that runs, and the audit holds who wanted it and what came of it. */
export function createMatterUpdates({ state, store, clock, jobs, source }: Parts): MatterUpdates {
  const watched = new Map<NodeId, Watched>();
  let count = 0;
  const deviceOf = (id: NodeId): NodeId | undefined =>
    devicesBehind(state, id).find(({ description }) => description.adapter === "matter")?.device;
  const audit = (by: string, what: string, subject: NodeId, detail: string): void => {
    store.appendAudit({ at: clock.now(), by, what, subject, detail });
  };
  const of = (id: NodeId): MatterAnswer<DeviceUpdate> => {
    const device = deviceOf(id);
    const value = device && source?.of(device);
    return value ? { ok: true, value } : absent;
  };
  const follow = (device: NodeId, run: UpdateRun | undefined): void => {
    const one = watched.get(device);
    if (!one || !run) return;
    if (run.state === "running") {
      one.job.progress(run.done, run.detail, run.stoppable);
      return;
    }
    watched.delete(device);
    one.job.end(run.state, run.detail);
    audit(one.by, `matter-update-${run.state}`, one.node, `${run.words}: ${run.detail}`);
  };
  source?.onChange((device, { run }) => follow(device, run));
  const through = async (id: NodeId, work: (from: UpdateSource, device: NodeId) => Promise<MatterAnswer<true>>) => {
    const device = deviceOf(id);
    if (!source || !device || !source.of(device)) return absent;
    const answer = await work(source, device);
    return answer.ok ? of(id) : answer;
  };
  return {
    list() {
      const devices = [...state.home.nodes.keys()].flatMap((node) => {
        const known = of(node);
        const isNews = known.ok && (known.value.offer !== undefined || known.value.run?.state === "running");
        return isNews ? [{ node, ...known.value }] : [];
      });
      return { folder: source?.folder ?? "", devices, badFiles: source?.badFiles ?? [] };
    },
    of,
    look: (id) => through(id, (from, device) => from.look(device)),
    apply: (id, version, by) =>
      through(id, async (from, device) => {
        const answer = await from.apply(device, version);
        const run = from.of(device)?.run;
        if (!answer.ok || !run) return answer;
        const node = state.home.nodes.get(id);
        const stop = () => void from.stop(device);
        const job = jobs.add(`matter-update-${++count}`, `Update ${node ? nameOf(node) : id} to ${run.words}`, stop);
        watched.set(device, { node: id, by, job });
        audit(by, "matter-update-wanted", id, run.words);
        follow(device, run);
        return answer;
      }),
    async stop(id, by) {
      const answer = await through(id, (from, device) => from.stop(device));
      if (answer.ok) audit(by, "matter-update-stopped", id, answer.value.run?.words ?? "");
      return answer.ok ? { ok: true, value: true } : answer;
    },
  };
}

import type { Job } from "../ports.ts";
import type { Bus } from "./bus.ts";

/** Ended jobs stay visible; the oldest are dropped beyond this. */
const MAX_JOBS = 50;

export interface Jobs {
  list(): readonly Job[];
  cancel(id: string): boolean;
  /** Starts to show a job; the handle reports on it. `cancel` is called at most once. */
  add(id: string, title: string, cancel?: () => void): JobHandle;
}

export interface JobHandle {
  /** `stoppable`: false from where on it can't be cancelled any more. */
  progress(done: number, detail?: string, stoppable?: boolean): void;
  end(state: "done" | "failed" | "cancelled", detail: string): void;
}

export function createJobs(bus: Bus): Jobs {
  const jobs = new Map<string, { job: Job; cancel?: () => void }>();
  const set = (job: Job, cancel?: () => void) => {
    jobs.set(job.id, cancel ? { job, cancel } : { job });
    while (jobs.size > MAX_JOBS) jobs.delete(jobs.keys().next().value ?? "");
    bus.tell({ type: "job", job });
  };
  return {
    list: () => [...jobs.values()].map((j) => j.job),
    cancel(id) {
      const held = jobs.get(id);
      if (!held?.cancel || held.job.state !== "running" || !held.job.cancellable) return false;
      held.cancel();
      return true;
    },
    add(id, title, cancel) {
      let job: Job = { id, title, done: 0, detail: "", state: "running", cancellable: cancel !== undefined };
      set(job, cancel);
      return {
        progress(done, detail = "", stoppable = true) {
          const cancellable = stoppable && cancel !== undefined;
          job = { ...job, done: Math.min(1, Math.max(0, done)), detail, cancellable };
          set(job, cancel);
        },
        end(state, detail) {
          job = { ...job, state, detail, done: state === "done" ? 1 : job.done, cancellable: false };
          set(job);
        },
      };
    },
  };
}

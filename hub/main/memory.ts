import { setFlagsFromString } from "node:v8";
import type { Hub } from "../ports.ts";
import type { Jobs } from "./jobs.ts";

/**
 * From the time when no job runs any more, memory is collected early: about 30 MB live here, and V8 would let garbage grow
 * to four times that before it looks. While a job runs its speed counts (a simulated past takes in half as much time again).
 */
export function spareMemory(hub: Hub, jobs: Jobs): void {
  const spare = (): void => setFlagsFromString("--optimize-for-size");
  const busy = (): boolean => jobs.list().some((job) => job.state === "running");
  if (!busy()) {
    spare();
    return;
  }
  const stop = hub.subscribe(() => {
    if (busy()) return;
    stop();
    spare();
  });
}

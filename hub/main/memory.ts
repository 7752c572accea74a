import { setFlagsFromString } from "node:v8";
import type { Hub } from "../ports.ts";
import type { Jobs } from "./jobs.ts";

const LOOK_MS = 1000;
/** From so many events a second on, speed counts more than memory: collecting early then stops the loop for 10 to 40 ms at a time. */
const BUSY_EVENTS = 500;

/**
 * While the house is calm, memory is collected early: about 30 MB live here, and V8 would let garbage grow to four times that
 * before it looks. While a job runs or the house speaks much, its speed counts (a simulated past takes in half as much time again).
 */
export function spareMemory(hub: Hub, jobs: Jobs): void {
  let events = 0;
  let isSparing = false;
  hub.subscribe(() => {
    events += 1;
  });
  const look = (): void => {
    const isCalm = events < BUSY_EVENTS && !jobs.list().some((job) => job.state === "running");
    events = 0;
    if (isCalm === isSparing) return;
    isSparing = isCalm;
    setFlagsFromString(isCalm ? "--optimize-for-size" : "--no-optimize-for-size");
  };
  look();
  setInterval(look, LOOK_MS).unref();
}

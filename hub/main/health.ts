import { monitorEventLoopDelay } from "node:perf_hooks";

const RESOLUTION_MS = 10;
const WINDOW_MS = 60_000;

/** How late the loop was for its timers in the last minute or two: the 99th percentile, ms. */
export function watchLoopDelay() {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  const timer = setInterval(() => histogram.reset(), WINDOW_MS);
  timer.unref();
  return {
    p99Ms: () => Math.max(0, Math.round(histogram.percentile(99) / 1e5) / 10 - RESOLUTION_MS),
    stop() {
      clearInterval(timer);
      histogram.disable();
    },
  };
}

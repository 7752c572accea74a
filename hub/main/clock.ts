import type { Clock } from "../ports.ts";

/**
 * The hub's time. With a speed above 1 (only for a simulated home) it runs that many times faster than the machine's,
 * from `since` on, so that a day can be watched in minutes.
 */
export function createClock(speed = 1, since = Date.now()): Clock {
  const started = Date.now();
  return {
    now: speed === 1 ? () => Date.now() : () => Math.round(since + (Date.now() - started) * speed),
    steady: () => performance.now() * speed,
    outside: () => Date.now(),
  };
}

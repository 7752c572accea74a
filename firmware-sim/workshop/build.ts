import { stream } from "../random.ts";
import type { Fault } from "./faults.ts";
import type { Firmware, Said } from "./firmware.ts";
import type { Home } from "./home.ts";
import { Session } from "./session.ts";

/** How long ago a stale value was true, and how long its device is heard for it: s. */
const staleSeconds = 90 * 86_400;
const heardSeconds = 30;

/** A home's connections, ready to run. `began`: epoch ms on its clocks. */
export function buildSessions(home: Home, extra: readonly Fault[], began: number): Session[] {
  const faults = [...home.faults, ...extra];
  const firmwares = (): Firmware[] => home.orders.flatMap(({ maker, ordered }) => maker.build(ordered));
  // The values of a former life are said by a twin, so that the device itself stays as new.
  const former = faults.some(({ kind }) => kind === "stale") ? firmwares() : [];
  return firmwares().map((firmware, i) => {
    const twin = former[i];
    const stale = twin ? leftOver(twin, faults, began) : [];
    return new Session(firmware, { faults, stale, chance: stream(home.seed + i + 1), began });
  });
}

function leftOver(twin: Firmware, faults: readonly Fault[], began: number): Said[] {
  const devices = faults.filter(({ kind }) => kind === "stale").map(({ device }) => device);
  if (!twin.names.some((name) => devices.includes(name))) return [];
  const at = (elapsed: number) => ({ elapsed, wall: began - (staleSeconds - elapsed) * 1000 });
  const said = [...twin.connected(at(0))];
  for (let elapsed = 1; elapsed <= heardSeconds; elapsed += 1) said.push(...twin.step(1, at(elapsed)));
  const last = new Map(said.filter(({ from }) => devices.includes(from)).map((one) => [one.topic, one]));
  return [...last.values()].map(({ after: _after, ...one }): Said => ({ ...one, retain: true }));
}

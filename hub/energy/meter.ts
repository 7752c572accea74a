/** What an endpoint's energy is reckoned from. */
import type { MeterDeclaration, MeterRef } from "../model/energy.ts";

/** Text paths of what the endpoint has. */
export interface MeterPaths {
  readonly power: string | undefined;
  readonly imported: string | undefined;
  readonly exported: string | undefined;
  readonly on: string | undefined;
  readonly level: string | undefined;
}

/** By what a person said of it, else by its own counters and power; empty where there is nothing. */
export function meterOf(declared: MeterDeclaration | undefined, limitW: number, paths: MeterPaths): MeterRef {
  const { power, imported, exported, on, level } = paths;
  switch (declared?.kind) {
    case "elsewhere":
      return {};
    case "constant":
      return { estimate: { watts: declared.watts, standbyW: 0 } };
    case "onOff": {
      const { watts, standbyW } = declared;
      return { estimate: { ...(on ? { on } : {}), ...(level ? { level } : {}), watts, standbyW } };
    }
    default:
      return {
        ...(power ? { power } : {}),
        ...(imported ? { imported } : {}),
        ...(exported ? { exported } : {}),
        ...(power || imported || exported ? { limitW } : {}),
        ...(declared?.reversed ? { reversed: true } : {}),
      };
  }
}

/** W of an estimate; `level` in percent. Undefined where it is not known whether the device is on, or how bright. */
export function estimatedWatts(
  estimate: NonNullable<MeterRef["estimate"]>,
  on: boolean | undefined,
  level: number | undefined,
): number | undefined {
  if (estimate.on !== undefined && on === undefined) return undefined;
  if (estimate.on !== undefined && !on) return estimate.standbyW;
  if (estimate.level === undefined) return estimate.watts;
  return level === undefined ? undefined : (estimate.watts * level) / 100;
}

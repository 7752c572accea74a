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
      if (declared?.net && (imported || exported))
        return {
          ...(power ? { power } : {}),
          net: imported ?? exported ?? "",
          limitW,
          // A fall of what it calls exported is imported; turned round once more, it is as it was.
          ...(declared.reversed === (imported !== undefined) ? { reversed: true } : {}),
        };
      return {
        ...(power ? { power } : {}),
        ...(imported ? { imported } : {}),
        ...(exported ? { exported } : {}),
        ...(power || imported || exported ? { limitW } : {}),
        ...(declared?.reversed ? { reversed: true } : {}),
      };
  }
}

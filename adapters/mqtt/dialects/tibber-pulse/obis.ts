/** OBIS codes of electricity meters (IEC 62056-61; C.D.E of medium 1), which P1, SML and HAN readers share. */

import type { Derived, Line } from "../../sheet/claim.ts";
import { netPower, phase } from "../../sheet/lines.ts";

interface Meant {
  readonly word?: string;
  readonly unit: string;
  readonly endpoint?: number;
}

/** By C.D.E, for values that stand on the whole meter. */
const whole: Readonly<Record<string, Meant>> = {
  "1.8.0": { word: "energy", unit: "kWh" },
  "2.8.0": { word: "produced_energy", unit: "kWh" },
  "16.7.0": { word: "power", unit: "W" },
  "1.7.0": { unit: "W" },
  "2.7.0": { unit: "W" },
  "3.7.0": { unit: "var" },
  "4.7.0": { unit: "var" },
  "1.8.1": { unit: "kWh" },
  "1.8.2": { unit: "kWh" },
  "2.8.1": { unit: "kWh" },
  "2.8.2": { unit: "kWh" },
  "3.8.0": { unit: "" },
  "4.8.0": { unit: "" },
  "14.7.0": { word: "ac_frequency", unit: "Hz" },
  "13.7.0": { word: "power_factor", unit: "ratio" },
};

/** By the hundreds of C: 21 to 40 is phase 1, 41 to 60 phase 2, 61 to 80 phase 3; what is left says what it is. */
const ofPhase: Readonly<Record<string, Meant>> = {
  "1.7.0": { unit: "W" },
  "2.7.0": { unit: "W" },
  "11.7.0": { word: "current", unit: "A" },
  "12.7.0": { word: "voltage", unit: "V" },
  "16.7.0": { word: "power", unit: "W" },
};

function meant(code: string): Meant | undefined {
  if (Object.hasOwn(whole, code)) return whole[code];
  const [c = Number.NaN, d, e] = code.split(".").map(Number);
  const number = Math.floor((c - 1) / 20);
  const tail = `${c - number * 20}.${d}.${e}`;
  if (number < 1 || number > 3 || !Object.hasOwn(ofPhase, tail)) return undefined;
  const found = ofPhase[tail];
  return found && { ...found, endpoint: phase(number) };
}

/** The line of a field named by its code, `1.7.0`, in the unit that came with it, else the usual one times `scale`. */
export function obisLine(code: string, unit: string | undefined, scale = 1): Line | undefined {
  if (code === "net") return { word: "power", maker: { kind: "number", unit: unit ?? "W" } };
  const found = meant(code);
  if (!found) return unit ? { maker: { kind: "number", unit, scale } } : undefined;
  const own = unit || found.unit;
  return {
    maker: { kind: "number", ...(own ? { unit: own } : {}), scale },
    ...(found.word ? { word: found.word } : {}),
    ...(found.endpoint === undefined ? {} : { endpoint: found.endpoint }),
  };
}

/** Where a meter tells what it takes and what it gives apart, the power is their difference. */
export const obisNet: Derived = { field: "net", from: ["1.7.0"], maybe: ["2.7.0"], compute: netPower };

/** Which paths are the measurements of a device, on which endpoint and with which sign. */
import type { MakerType } from "../../codec.ts";
import type { Line } from "../../sheet/claim.ts";
import { unitOf } from "./units.ts";

/** What they make is exported to the house, and told as a positive number there. */
const makers = new Set([
  "pvinverter",
  "solarcharger",
  "genset",
  "dcgenset",
  "alternator",
  "dcsource",
  "fuelcell",
  "windcharger",
]);

/** Lines of inverters: endpoint of their sum, phases after it. `Ac/In` without a number only adds these up. */
const groups: readonly (readonly [at: RegExp, endpoint: number, label: string])[] = [
  [/^Ac\/ActiveIn$/, 10, "AC input"],
  [/^Ac\/In\/1$/, 20, "AC input 1"],
  [/^Ac\/In\/2$/, 30, "AC input 2"],
  [/^Ac\/Out$/, 50, "AC output"],
  [/^Ac\/Out\/0$/, 60, "AC output 0"],
  [/^Ac\/Out\/1$/, 70, "AC output 1"],
];

const meanings: Readonly<Record<string, string>> = {
  Power: "power",
  P: "power",
  Voltage: "voltage",
  V: "voltage",
  Current: "current",
  I: "current",
  Frequency: "ac_frequency",
  F: "ac_frequency",
  S: "power_apparent",
  ApparentPower: "power_apparent",
  ReactivePower: "power_reactive",
  PowerFactor: "power_factor",
  "Energy/Forward": "energy",
  "Energy/Reverse": "produced_energy",
};

/** `Ac/L1/Power` as group, phase and quantity. */
const SPLIT = /^(.*?)(?:\/L([123]))?\/((?:Energy\/)?[A-Za-z]+)$/;

interface Where {
  readonly endpoint: number;
  readonly label?: string;
}

function whereOf(service: string, group: string, phase: string | undefined): Where | undefined {
  const add = phase ? Number(phase) : 0;
  const name = phase ? `L${phase}` : undefined;
  if (group === "Ac") return { endpoint: 1 + add, ...(name ? { label: name } : {}) };
  const found = groups.find(([at]) => at.test(group));
  if (found) return { endpoint: found[1] + add, label: name ? `${found[2]} ${name}` : found[2] };
  if (phase) return undefined;
  // The side of the battery's busbar is the device's own where it has no other.
  if (group === "Dc/0" && /^(battery|dcload|dcsystem|dcsource|alternator|fuelcell|windcharger)$/.test(service))
    return { endpoint: 1 };
  if (group === "Dc/In" && service === "dcdc") return { endpoint: 1 };
  const tracker = /^Pv\/(\d)$/.exec(group);
  return tracker && service === "solarcharger"
    ? { endpoint: 91 + Number(tracker[1]), label: `Tracker ${Number(tracker[1]) + 1}` }
    : undefined;
}

/** A measurement of electricity; undefined for any other path. */
export function electric(service: string, path: string): { readonly line: Line; readonly label?: string } | undefined {
  if (service === "gx" || service === "settings") return undefined;
  if (service === "solarcharger" && path === "Yield/Power")
    return { line: { word: "power", maker: { kind: "number", unit: "W", scale: -1 }, endpoint: 1 } };
  if (service === "solarcharger" && path === "Yield/System")
    return { line: { word: "produced_energy", maker: { kind: "number", unit: "kWh" }, endpoint: 1 } };
  const history = /^History\/(EnergyIn|ChargedEnergy|EnergyOut|DischargedEnergy)$/.exec(path)?.[1];
  if (history) {
    const word = /In$|^Charged/.test(history) ? "energy" : "produced_energy";
    return { line: { word, maker: { kind: "number", unit: "kWh" }, endpoint: 1 } };
  }
  const [, group = "", phase, what = ""] = SPLIT.exec(path) ?? [];
  const word = Object.hasOwn(meanings, what) ? meanings[what] : undefined;
  const where = word && whereOf(service, group, phase);
  if (!where) return undefined;
  const made = makers.has(service) || (service === "solarcharger" && group.startsWith("Pv/"));
  const unit = unitOf(`${service}/${path}`);
  const maker: MakerType = {
    kind: "number",
    ...(unit ? { unit } : {}),
    ...(made && word === "power" ? { scale: -1 } : {}),
  };
  const turned = made && word === "energy" ? "produced_energy" : made && word === "produced_energy" ? "energy" : word;
  return { line: { word: turned, maker, endpoint: where.endpoint }, ...(where.label ? { label: where.label } : {}) };
}

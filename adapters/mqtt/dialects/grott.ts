/** grott: a Growatt inverter's own records, as integers (https://github.com/johanmeijer/grott/wiki). */
import { get, isObject, type Json, parseObject, textOf } from "../json.ts";
import type { Claim, Derived, Head, Known, Line, Sheet } from "../sheet/claim.ts";
import { clockwork, fact, kept, lineOf, means, netPower, phase, phaseLabels } from "../sheet/lines.ts";
import { sheetDialect } from "../sheet.ts";

/** Integers of tenths, and of hundredths for the frequency. */
const named: Readonly<Record<string, Line>> = {
  pvpowerout: means("power", "W", -0.1),
  pvenergytotal: means("produced_energy", "kWh", 0.1),
  pvgridvoltage: means("voltage", "V", 0.1),
  pvgridcurrent: means("current", "A", 0.1),
  pvfrequentie: means("ac_frequency", "Hz", 0.01),
  pvtemperature: means("temperature", "C", 0.1),
  SOC: means("state_of_charge", "%", 1, 2),
  batterySoc: means("state_of_charge", "%", 1, 2),
  p1charge1: { ...kept("W", 0.1), endpoint: 2 },
  pdischarge1: { ...kept("W", 0.1), endpoint: 2 },
  battery: means("power", "W", 0.1, 2),
  // Positive while it discharges.
  BatWatt: means("power", "W", -0.1, 2),
  vbat: means("voltage", "V", 0.1, 2),
  bat_Volt: means("voltage", "V", 0.01, 2),
  eharge1_tot: means("energy", "kWh", 0.1, 2),
  echarge1_tot: means("energy", "kWh", 0.1, 2),
  edischarge1_tot: means("produced_energy", "kWh", 0.1, 2),
  // The house's connection, where the inverter has a meter there.
  pactousertot: { ...kept("W", 0.1), endpoint: 3 },
  pactogridtot: { ...kept("W", 0.1), endpoint: 3 },
  grid: means("power", "W", 0.1, 3),
  etouser_tot: means("energy", "kWh", 0.1, 3),
  etogrid_tot: means("produced_energy", "kWh", 0.1, 3),
  line_freq: kept("Hz", 0.01),
  outputfreq: kept("Hz", 0.01),
  loadpercent: kept("%", 0.1),
  totworktime: kept("s", 0.5),
  datalogserial: fact("datalogger"),
  pvserial: fact("serial"),
};

/** What a word says of its unit, for the many that have no meaning of the house. */
const byEnding: readonly (readonly [RegExp, Line])[] = [
  [/^(op|acchr|AC_In|ACDischar|BatDischar)_?VA$/i, kept("VA", 0.1)],
  [/energy|^e[a-z0-9]+_?(today|tod|total|tot)$|kwh/i, kept("kWh", 0.1)],
  [/(watt|power(in|out)?|^pac|^plocal|^ppv\d?$|p1?(dis)?charge[12r]$)/i, kept("W", 0.1)],
  [/volt(age)?$|^vpv\d$|^vb/i, kept("V", 0.1)],
  [/curr(ent)?$/i, kept("A", 0.1)],
  [/temp/i, kept("C", 0.1)],
];

/** What charges less what discharges, and what is taken less what is given: two positive numbers each, raw. */
const derived: readonly Derived[] = [
  { field: "battery", from: ["values.p1charge1"], maybe: ["values.pdischarge1"], compute: netPower },
  { field: "grid", from: ["values.pactousertot"], maybe: ["values.pactogridtot"], compute: netPower },
];

const ENDPOINT_OF_STRING = 10;

function line(field: string, device: Known): Line | undefined {
  const name = field.replace(/^values\./, "").replace(/:$/, "");
  // Hybrids without a counter of their panels' side have this one.
  if (name === "eactotal" && !device.has("values.pvenergytotal")) return means("produced_energy", "kWh", 0.1);
  const known = lineOf(named, name);
  if (known) return known;
  const [, string, what] = /^pv(\d)(voltage|current|watt)$/.exec(name) ?? [];
  const [, sub, of = "1"] = /^pvgrid(voltage|current|power)([23])?$/.exec(name) ?? [];
  if (string && what) {
    const words = {
      voltage: means("voltage", "V", 0.1),
      current: means("current", "A", 0.1),
      watt: means("power", "W", -0.1),
    };
    return { ...words[what as keyof typeof words], endpoint: ENDPOINT_OF_STRING + Number(string) };
  }
  if (sub) {
    const words = { voltage: means("voltage", "V", 0.1), current: means("current", "A", 0.1), power: kept("W", 0.1) };
    return { ...words[sub as keyof typeof words], endpoint: phase(of) };
  }
  if (field === "device") return fact("serial");
  if (field === "time" || field === "buffered") return clockwork;
  return byEnding.find(([pattern]) => pattern.test(name))?.[1];
}

/** A buffered record is an old one, often with a false date: it tells what the inverter has, not how it is now. */
function reads(payload: string): Json | undefined {
  const body = parseObject(payload);
  const values = get(body, "values");
  if (!body || !isObject(values) || get(body, "buffered") !== "yes") return body;
  return { ...body, values: Object.fromEntries(Object.keys(values).map((key) => [key, null])) };
}

function claim(_topic: string, payload: string): Claim | undefined {
  const body = payload.includes('"values"') ? parseObject(payload) : undefined;
  const device = textOf(body, "device");
  const values = get(body, "values");
  const growatt =
    isObject(values) && ["pvstatus", "pvpowerout", "pvenergytotal", "pactousertot"].some((w) => w in values);
  if (!device || !growatt) return undefined;
  return { kind: "values", device, under: "", reads, once: true };
}

function head(device: Known): Head {
  const strings = [1, 2, 3, 4].filter((n) => device.has(`values.pv${n}watt`));
  const battery = device.has("values.SOC") || device.has("values.batterySoc");
  const grid = device.has("values.pactousertot") || device.has("values.etouser_tot");
  return {
    addresses: [`serial:${device.key}`],
    name: `Growatt ${device.key}`,
    vendor: "Growatt",
    model: "Growatt inverter",
    serial: device.key,
    types: { 1: "solarPower", ...(battery ? { 2: "batteryStorage" } : {}), ...(grid ? { 3: "electricalMeter" } : {}) },
    partOf: Object.fromEntries(strings.map((n) => [ENDPOINT_OF_STRING + n, 1])),
    labels: {
      ...phaseLabels,
      ...(battery ? { 2: "Battery" } : {}),
      ...(grid ? { 3: "Grid" } : {}),
      ...Object.fromEntries(strings.map((n) => [ENDPOINT_OF_STRING + n, `String ${n}`])),
    },
    silentAfterS: 30 * 60,
  };
}

const sheet: Sheet = { claim, head, line: (field, _, device) => line(field, device), derived };

export const grott = sheetDialect("grott", () => sheet);

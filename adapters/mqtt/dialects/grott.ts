/** grott: a Growatt inverter's own records, as integers (https://github.com/johanmeijer/grott/wiki). */
import { get, isObject, type Json, parseObject, textOf } from "../json.ts";
import type { Claim, Head, Known, Line, Sheet } from "../sheet/claim.ts";
import { clockwork, fact, kept, lineOf, means, phase, phaseLabels } from "../sheet/lines.ts";
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
  p1charge1: { ...kept("W", 0.1), endpoint: 2 },
  pdischarge1: { ...kept("W", 0.1), endpoint: 2 },
  datalogserial: fact("datalogger"),
  pvserial: fact("serial"),
};

/** What a word says of its unit, for the many that have no meaning of the house. */
const byEnding: readonly (readonly [RegExp, Line])[] = [
  [/(watt|power(in|out)?|^p?ac|^plocal|charge[12r]$)/i, kept("W", 0.1)],
  [/voltage|^vb|vbat/i, kept("V", 0.1)],
  [/current/i, kept("A", 0.1)],
  [/energy|^e[a-z]+(today|tot|total|_tot|_tod)|kwh/i, kept("kWh", 0.1)],
  [/temp/i, kept("C", 0.1)],
];

const ENDPOINT_OF_STRING = 10;

function line(field: string): Line | undefined {
  const name = field.replace(/^values\./, "").replace(/:$/, "");
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
    isObject(values) && ["pvstatus", "pvpowerout", "pvenergytotal", "pactouserr"].some((w) => w in values);
  if (!device || !growatt) return undefined;
  return { kind: "values", device, under: "", reads, once: true };
}

function head(device: Known): Head {
  const strings = [1, 2, 3, 4].filter((n) => device.has(`values.pv${n}watt`));
  return {
    addresses: [`serial:${device.key}`],
    name: `Growatt ${device.key}`,
    vendor: "Growatt",
    model: "Growatt inverter",
    serial: device.key,
    types: { 1: "solarPower", ...(device.has("values.SOC") ? { 2: "batteryStorage" } : {}) },
    labels: {
      ...phaseLabels,
      2: "Battery",
      ...Object.fromEntries(strings.map((n) => [ENDPOINT_OF_STRING + n, `String ${n}`])),
    },
    silentAfterS: 30 * 60,
  };
}

const sheet: Sheet = { claim, head, line: (field) => line(field) };

export const grott = sheetDialect("grott", () => sheet);

/** amsreader: HAN readers of Norway, Sweden and Denmark (https://github.com/UtilitechAS/amsreader-firmware/wiki). */
import { macAddress } from "../identity.ts";
import { type Json, parseObject } from "../json.ts";
import type { Claim, Derived, Head, Known, Line, Sheet } from "../sheet/claim.ts";
import { clockwork, fact, kept, lineOf, means, netPower, phase, phaseLabels } from "../sheet/lines.ts";
import { sheetDialect } from "../sheet.ts";
import { readCosem } from "./amsreader/cosem.ts";
import { OWN_SINGLE, ofMeter, PARTS, readBody, readRealtime, SINGLE, singleField } from "./amsreader/topics.ts";
import { obisLine, obisNet } from "./tibber-pulse/obis.ts";

const words: Readonly<Record<string, Line>> = {
  P: { ...kept("W"), label: "Taken from the grid" },
  PO: { ...kept("W"), label: "Given to the grid" },
  Q: kept("var"),
  QO: kept("var"),
  PF: means("power_factor", "ratio"),
  tPI: means("energy", "kWh"),
  tPO: means("produced_energy", "kWh"),
  tQI: kept("kvarh"),
  tQO: kept("kvarh"),
  rtc: clockwork,
  lv: fact("list"),
  meterId: fact("meter"),
  meterModel: fact("model"),
  type: fact("model"),
};

/** Sums that the reader makes: of this hour, day and month, of what is taken and (e) given; the month's peaks. */
const sums: Readonly<Record<string, Line>> = {
  h: kept("kWh"),
  d: kept("kWh"),
  m: kept("kWh"),
  he: kept("kWh"),
  de: kept("kWh"),
  me: kept("kWh"),
  x: kept("kW"),
  t: kept("kW"),
};

const derived: readonly Derived[] = [
  { field: "net.P", from: ["data.P"], maybe: ["data.PO"], compute: netPower },
  ...[1, 2, 3].map((n) => ({ field: `net.P${n}`, from: [`data.P${n}`], maybe: [`data.PO${n}`], compute: netPower })),
  { field: "net.Q", from: ["data.Q"], maybe: ["data.QO"], compute: netPower },
  { ...obisNet, field: "obis.net", from: ["obis.1.7.0"], maybe: ["obis.2.7.0"] },
  { field: "net.obisQ", from: ["obis.3.7.0"], maybe: ["obis.4.7.0"], compute: netPower },
];

/** Kamstrup's list tells no scale: currents are in hundredths of an ampere, counters in hundredths of a kWh. */
const KAMSTRUP = [/^(31|51|71)\.7\.0$/, /^[1-4]\.8\.0$/];

function obis(code: string, device: Known): Line | undefined {
  const [bare = "", unit] = code.split("|");
  const scale = device.fact("list")?.startsWith("Kamstrup") && KAMSTRUP.some((p) => p.test(bare)) ? 0.01 : 1;
  return bare.startsWith("96.1.") || bare.startsWith("0.0.5")
    ? { maker: { kind: "text" }, fact: bare === "96.1.1" ? "model" : "meter" }
    : obisLine(bare, unit, scale);
}

const ofPhase: Readonly<Record<string, Line>> = {
  I: means("current", "A"),
  U: means("voltage", "V"),
  PF: means("power_factor", "ratio"),
  tPI: means("energy", "kWh"),
  tPO: means("produced_energy", "kWh"),
};

function line(field: string, device: Known): Line | undefined {
  if (field.startsWith("obis.")) return obis(field.slice(5), device);
  const name = field.startsWith("data.") ? field.slice(5) : undefined;
  if (name === undefined) return reader(field);
  const known = lineOf(words, name);
  if (known) return known;
  const [, kind, number] = /^([IUP]|PO|PF|tPI|tPO)([123])$/.exec(name) ?? [];
  if (!kind || !number) return undefined;
  const endpoint = phase(number);
  return { ...(lineOf(ofPhase, kind) ?? kept("W")), endpoint };
}

/** Of the reader itself, and the sums of its own. */
function reader(field: string): Line | undefined {
  const [, number] = /^net\.P([123])?$/.exec(field) ?? [null];
  if (field === "net.Q" || field === "net.obisQ") return means("power_reactive", "var");
  if (field.startsWith("realtime.")) return lineOf(sums, field.slice(9)) ?? kept("kW");
  if (field.startsWith("temperatures.")) return kept("C");
  if (field.startsWith("net.")) return means("power", "W", 1, number ? phase(number) : 1);
  switch (field) {
    case "name":
      return fact("name");
    case "id":
      return fact("reader");
    case "list":
      return fact("list");
    case "version":
      return fact("firmware");
    case "up":
    case "t":
    case "seq":
      return clockwork;
    case "vcc":
      return kept("V");
    case "rssi":
      return kept("dBm");
    case "temp":
      return kept("C");
    default:
      return undefined;
  }
}

/** The raw mode: the meter's own list as hexadecimal text. */
function raw(payload: string): Json | undefined {
  const list = readCosem(payload.trim());
  if (!list) return undefined;
  const values = list.values.map(({ code, value, unit }) => [unit ? `obis.${code}|${unit}` : `obis.${code}`, value]);
  return { ...(list.id ? { list: list.id } : {}), ...(Object.fromEntries(values) as Record<string, Json>) };
}

/** Makers by the beginning of the list's name. */
const MAKERS: readonly (readonly [RegExp, string])[] = [
  [/^kamstrup/i, "Kamstrup"],
  [/^aidon/i, "Aidon"],
  [/^kfm/i, "Kaifa"],
];

function head(device: Known): Head {
  const list = device.fact("list");
  const reader = macAddress(device.fact("reader"));
  return {
    addresses: reader ? [reader] : [],
    name: device.fact("name") ?? "HAN meter",
    vendor: MAKERS.find(([pattern]) => pattern.test(list ?? ""))?.[1] ?? "amsreader",
    model: device.fact("model"),
    serial: device.fact("meter"),
    firmware: device.fact("firmware"),
    types: { 1: "electricalMeter" },
    labels: phaseLabels,
    // In Norway counters come once an hour, the power every few seconds.
    silentAfterS: 15 * 60,
  };
}

function sheet(): Sheet {
  /** Topics of readers; those of the formats with several topics begin with one of them. */
  const bases = new Set<string>();
  const of = (device: string): { kind: "values"; device: string; under: string } => {
    if (bases.size < 64) bases.add(device);
    return { kind: "values", device, under: "" };
  };
  const claim = (topic: string, payload: string): Claim | undefined => {
    if (payload.startsWith("02")) return readCosem(payload.trim()) && { ...of(topic), reads: raw };
    const [, base = "", part = ""] = PARTS.exec(topic) ?? [];
    const body = parseObject(payload);
    if (part && body && (bases.has(base) || (/^list|^system/.test(part) && ofMeter(body)) || isPart(part, body)))
      return { ...of(base), reads: part === "realtime" ? readRealtime : readBody };
    if (body) return ofMeter(body) ? { ...of(topic), reads: readBody } : undefined;
    const [, root = "", tail = ""] = SINGLE.exec(topic) ?? [];
    const field = tail && (bases.has(root) || OWN_SINGLE.test(tail)) ? singleField(tail) : undefined;
    return field ? { ...of(root), under: field } : undefined;
  };
  return { claim, head, line: (field, _, device) => line(field, device), derived };
}

/** Bodies of a power or a counter topic alone, which say nothing of the reader. */
function isPart(part: string, body: object): boolean {
  const words = part === "power" ? ["P", "PO", "QO"] : part === "energy" ? ["tPI", "tPO"] : undefined;
  return words?.every((word) => Object.hasOwn(body, word)) ?? false;
}

export const amsreader = sheetDialect("amsreader", sheet);

/** amsreader: HAN readers of Norway, Sweden and Denmark (https://github.com/UtilitechAS/amsreader-firmware/wiki). */
import { get, isObject, type Json, parseObject, textOf } from "../json.ts";
import type { Claim, Derived, Head, Known, Line, Sheet } from "../sheet/claim.ts";
import { clockwork, fact, kept, lineOf, means, netPower, phase, phaseLabels } from "../sheet/lines.ts";
import { sheetDialect } from "../sheet.ts";
import { readCosem } from "./meters/cosem.ts";
import { obisLine, obisNet } from "./meters/obis.ts";

const words: Readonly<Record<string, Line>> = {
  P: { ...kept("W"), label: "Taken from the grid" },
  PO: { ...kept("W"), label: "Given to the grid" },
  Q: kept("var"),
  QO: kept("var"),
  PF: means("power_factor", "ratio"),
  tPI: means("energy", "kWh"),
  tPO: means("produced_energy", "kWh"),
  tQI: { maker: { kind: "number" } },
  tQO: { maker: { kind: "number" } },
  rtc: clockwork,
  lv: fact("list"),
  meterId: fact("meter"),
  meterModel: fact("model"),
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

function line(field: string, device: Known): Line | undefined {
  if (field.startsWith("obis.")) return obis(field.slice(5), device);
  const name = field.startsWith("data.") ? field.slice(5) : undefined;
  if (name === undefined) return reader(field);
  const known = lineOf(words, name);
  if (known) return known;
  const [, kind, number] = /^([IUP]|PO)([123])$/.exec(name) ?? [];
  if (!kind || !number) return undefined;
  const endpoint = phase(number);
  return kind === "I"
    ? means("current", "A", 1, endpoint)
    : kind === "U"
      ? means("voltage", "V", 1, endpoint)
      : { ...kept("W"), endpoint };
}

/** Of the reader itself, and the sums of its own. */
function reader(field: string): Line | undefined {
  const [, number] = /^net\.P([123])?$/.exec(field) ?? [null];
  if (field === "net.Q" || field === "net.obisQ") return means("power_reactive", "var");
  if (field.startsWith("net.")) return means("power", "W", 1, number ? phase(number) : 1);
  switch (field) {
    case "name":
      return fact("name");
    case "id":
      return fact("reader");
    case "list":
      return fact("list");
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

/** −127 is a sensor that is not there. */
function reads(payload: string): Json | undefined {
  const body = parseObject(payload);
  return body && typeof body.temp === "number" && body.temp < -100 ? { ...body, temp: null } : body;
}

/** The raw mode: the meter's own list as hexadecimal text. */
function raw(payload: string): Json | undefined {
  const list = readCosem(payload.trim());
  if (!list) return undefined;
  const values = list.values.map(({ code, value, unit }) => [unit ? `obis.${code}|${unit}` : `obis.${code}`, value]);
  return { ...(list.id ? { list: list.id } : {}), ...(Object.fromEntries(values) as Record<string, Json>) };
}

function claim(topic: string, payload: string): Claim | undefined {
  if (payload.startsWith("02"))
    return readCosem(payload.trim()) && { kind: "values", device: topic, under: "", reads: raw };
  const body = payload.includes('"data"') ? parseObject(payload) : undefined;
  const data = get(body, "data");
  const meter = isObject(data) && ["tPI", "PO", "U1", "lv"].some((word) => Object.hasOwn(data, word));
  if (!meter || textOf(body, "id") === undefined) return undefined;
  return { kind: "values", device: topic, under: "", reads };
}

function head(device: Known): Head {
  const list = device.fact("list");
  return {
    addresses: [],
    name: device.fact("name") ?? "HAN meter",
    vendor: list?.startsWith("Kamstrup") ? "Kamstrup" : "amsreader",
    model: device.fact("model"),
    serial: device.fact("meter"),
    types: { 1: "electricalMeter" },
    labels: phaseLabels,
    // In Norway counters come once an hour, the power every few seconds.
    silentAfterS: 15 * 60,
  };
}

const sheet: Sheet = { claim, head, line: (field, _, device) => line(field, device), derived };

export const amsreader = sheetDialect("amsreader", () => sheet);

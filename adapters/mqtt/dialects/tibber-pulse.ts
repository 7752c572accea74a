/** Tibber Pulse on a broker of one's own: the meter's own telegram as text (OBIS codes with units, IEC 62056-21). */
import { type Json, parseObject } from "../json.ts";
import type { Claim, Derived, Head, Known, Line, Sheet } from "../sheet/claim.ts";
import { kept, lineOf, means, phaseLabels } from "../sheet/lines.ts";
import { sheetDialect } from "../sheet.ts";
import { obisLine, obisNet } from "./tibber-pulse/obis.ts";

/** `$aws/rules/ingest_tibber_bridge_data/<…>/obis_stream`; other prefixes where a bridge renames them. */
const TOPIC = /^(.+)\/(obis_stream|SML|imp|event|metric|receive|publish)$/;
/** `1-0:1.8.0*255(001234.5678*kWh)`, also without `*255` and without a unit; a gas meter's time stands before its value. */
const LINE =
  /^(\d+)-\d+:(\d{1,2}\.\d{1,2}\.\d{1,2})(?:\*\d{1,3})?(?:\(\d{12}[SW]\))?\(([^()*]{0,60})(?:\*([A-Za-z0-9/]{1,8}))?\)/;
const MAX_LINES = 200;

/** The fields by code; a unit is kept as `<code>.unit` so that the table can see it. */
function telegram(payload: string): Json | undefined {
  const found: Record<string, Json> = {};
  for (const text of payload.split(/\r?\n/).slice(0, MAX_LINES)) {
    const [, medium = "", code, value = "", unit] = LINE.exec(text.trim()) ?? [];
    // Of medium 0 (the telegram itself) only numbers of meters and their gas or water: 0-0:1.0.0 is a clock.
    if (!code || (medium === "0" && !/^(96\.1|24)\./.test(code))) continue;
    found[`${code}|${unit ?? ""}`] = value;
  }
  return Object.keys(found).length > 0 ? found : undefined;
}

/** Of the bridge's own bodies; the counter of a reader of light pulses begins with the reader, not with the meter. */
const own: Readonly<Record<string, Line>> = {
  "imp.power": means("power", "kW"),
  "imp.energy": kept("kWh"),
};

const UNIT_OF_OWN: readonly (readonly [RegExp, Line])[] = [
  [/rssi$/i, kept("dBm")],
  [/(usbV|Vin|Vcap|Vbck|voltage)$/i, kept("V")],
  [/temp(erature)?$/i, kept("C")],
  [/uptime$/i, { hidden: true }],
  [/^imp\..*(kwh|energy)/i, kept("kWh")],
  [/^imp\..*(kw|power)/i, kept("kW")],
];

function line(field: string): Line | undefined {
  const known = lineOf(own, field) ?? UNIT_OF_OWN.find(([pattern]) => pattern.test(field))?.[1];
  if (known) return known;
  const [code = "", unit] = field.split("|");
  if (code.startsWith("sum")) return obisLine(code === "sum" ? "1.8.0" : "2.8.0", unit);
  if (code.startsWith("24.2.")) return { ...kept(unit || "m3"), label: "Gas" };
  if (code === "0.0.0" || code === "96.1.0") return { maker: { kind: "text" }, fact: "meter" };
  return obisLine(code, unit === "" ? undefined : unit);
}

/** Where a meter tells its tariffs alone, the counter is their sum. */
const sumOf = (field: string, quantity: number, unit: string): Derived => ({
  field: `${field}|${unit}`,
  from: [`${quantity}.8.1|${unit}`, `${quantity}.8.2|${unit}`],
  maybe: [`${quantity}.8.0|${unit}`],
  compute: ([low = 0, high = 0], [whole]) => (whole === undefined ? low + high : undefined),
});

/** A unit belongs to the code in the derived fields' names as well. */
const derived: readonly Derived[] = [
  ...["kW", "W"].map((unit) => ({
    ...obisNet,
    field: `net|${unit}`,
    from: obisNet.from.map((code) => `${code}|${unit}`),
    maybe: (obisNet.maybe ?? []).map((code) => `${code}|${unit}`),
  })),
  ...["kWh", "Wh"].flatMap((unit) => [sumOf("sum", 1, unit), sumOf("sum given", 2, unit)]),
];

function head(device: Known): Head {
  return {
    addresses: [`own:tibber/${device.key}`],
    name: "Tibber Pulse",
    vendor: "Tibber",
    model: "Pulse",
    serial: device.fact("meter"),
    types: { 1: "electricalMeter" },
    labels: phaseLabels,
    silentAfterS: 15 * 60,
  };
}

function claim(topic: string, payload: string): Claim | undefined {
  const [, base = "", what] = TOPIC.exec(topic) ?? [];
  const tibber = base.includes("tibber");
  if (what === "obis_stream" && (tibber || /\d-\d:\d/.test(payload)))
    return { kind: "values", device: base, under: "", reads: telegram };
  if (!what || !tibber) return undefined;
  // Binary telegrams are no text; requests to the bridge are not its word.
  return what !== "receive" && parseObject(payload)
    ? { kind: "values", device: base, under: what }
    : { kind: "ignored", once: true };
}

const sheet: Sheet = { claim, head, line: (field) => line(field), derived };

export const tibberPulse = sheetDialect("tibber-pulse", () => sheet);

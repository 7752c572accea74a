/** Tibber Pulse on a broker of one's own: the meter's own telegram as text (OBIS codes with units, IEC 62056-21). */
import type { Json } from "../json.ts";
import type { Claim, Head, Known, Line, Sheet } from "../sheet/claim.ts";
import { phaseLabels } from "../sheet/lines.ts";
import { sheetDialect } from "../sheet.ts";
import { obisLine, obisNet } from "./meters/obis.ts";

/** `$aws/rules/ingest_tibber_bridge_data/<…>/obis_stream`; other prefixes where a bridge renames them. */
const TOPIC = /^(.+)\/(obis_stream|SML|imp|event|metric|receive|publish)$/;
/** `1-0:1.8.0*255(001234.5678*kWh)`, also without `*255` and without a unit. */
const LINE = /^\d+-\d+:(\d{1,2}\.\d{1,2}\.\d{1,2})(?:\*\d{1,3})?\(([^()*]{0,60})(?:\*([A-Za-z0-9/]{1,8}))?\)/;
const MAX_LINES = 200;

/** The fields by code; a unit is kept as `<code>.unit` so that the table can see it. */
function telegram(payload: string): Json | undefined {
  const found: Record<string, Json> = {};
  for (const text of payload.split(/\r?\n/).slice(0, MAX_LINES)) {
    const [, code, value = "", unit] = LINE.exec(text.trim()) ?? [];
    if (!code) continue;
    found[`${code}|${unit ?? ""}`] = value;
  }
  return Object.keys(found).length > 0 ? found : undefined;
}

function line(field: string): Line | undefined {
  const [code = "", unit] = field.split("|");
  if (code === "0.0.0" || code === "96.1.0") return { maker: { kind: "text" }, fact: "meter" };
  return obisLine(code, unit === "" ? undefined : unit);
}

/** A unit belongs to the code in the derived fields' names as well. */
const derived = ["kW", "W"].map((unit) => ({
  ...obisNet,
  field: `net|${unit}`,
  from: obisNet.from.map((code) => `${code}|${unit}`),
  maybe: (obisNet.maybe ?? []).map((code) => `${code}|${unit}`),
}));

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
  // Binary telegrams, and the bridge's own book-keeping.
  return what && tibber ? { kind: "ignored" } : undefined;
}

const sheet: Sheet = { claim, head, line: (field) => line(field), derived };

export const tibberPulse = sheetDialect("tibber-pulse", () => sheet);

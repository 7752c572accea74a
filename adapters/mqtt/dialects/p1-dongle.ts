/** P1 dongles that publish a meter's telegram field by field: Smartstuff's P1 Dongle (Pro) and Plan-D's. */
import { macAddress } from "../identity.ts";
import { entriesOf, get, type Json, parseObject, textOf } from "../json.ts";
import { Patience } from "../patience.ts";
import type { Claim, Derived, Head, Known, Line, Sheet } from "../sheet/claim.ts";
import { clockwork, fact, kept, lineOf, means, netPower, phase, phaseLabels } from "../sheet/lines.ts";
import { sheetDialect } from "../sheet.ts";

/** Fields of the telegram that no other maker names so; a dongle shows itself by one of them. */
const STRONG =
  /^(p1_version(_be)?|identification|energy_(delivered|returned)_tariff[12]|power_(delivered|returned)(_l[123])?|equipment_id|gas_delivered(_timestamp)?|electricity_tariff|electricity_failure_log|peak_pwr_last_q|highest_peak_pwr)$/;
const WEAK =
  /^(mac|firmware|wifi_rssi|ip|timestamp|message_(short|long)|(voltage|current)_l[123]|\w+_(sags|swells)_l[123]|mbus\d_\w+|gas_\w+|water\w*|threshold_electricity|\w+_failures|uptime|all|LWT)$/;

const words: Readonly<Record<string, Line>> = {
  energy_delivered_tariff1: kept("kWh"),
  energy_delivered_tariff2: kept("kWh"),
  energy_returned_tariff1: kept("kWh"),
  energy_returned_tariff2: kept("kWh"),
  power_delivered: kept("kW"),
  power_returned: kept("kW"),
  peak_pwr_last_q: kept("kW"),
  highest_peak_pwr: kept("kW"),
  gas_delivered: { ...kept("m3"), label: "Gas" },
  water_delivered: { ...kept("m3"), label: "Water" },
  water: { ...kept("m3"), label: "Water" },
  "sum.energy": means("energy", "kWh"),
  "sum.produced": means("produced_energy", "kWh"),
  "sum.power": means("power", "kW"),
  "sum.active": means("power", "kW"),
  identification: { maker: { kind: "text" }, fact: "identification" },
  equipment_id: { maker: { kind: "text" }, fact: "meter" },
  firmware: fact("firmware"),
  mac: fact("mac"),
  p1_version: { maker: { kind: "text" } },
  wifi_rssi: kept("dBm"),
  timestamp: clockwork,
  uptime: clockwork,
};

const derived: readonly Derived[] = [
  {
    field: "sum.energy",
    from: ["energy_delivered_tariff1", "energy_delivered_tariff2"],
    compute: ([low = 0, high = 0]) => low + high,
  },
  {
    field: "sum.produced",
    from: ["energy_returned_tariff1", "energy_returned_tariff2"],
    compute: ([low = 0, high = 0]) => low + high,
  },
  // Plan-D: consumption and injection are two positive numbers, unless the dongle tells the difference itself.
  ...["kW", "W", ""].map((unit) => ({
    field: "sum.active",
    from: [`active_power_consumption|${unit}.value`],
    maybe: [`active_power_injection|${unit}.value`, `total_active_power|${unit}.value`],
    compute: ([taken = 0]: readonly number[], [given = 0, whole]: readonly (number | undefined)[]) =>
      whole === undefined ? (taken - given) * (unit === "W" ? 0.001 : 1) : undefined,
  })),
  { field: "sum.power", from: ["power_delivered"], maybe: ["power_returned"], compute: netPower },
  ...[1, 2, 3].map((n) => ({
    field: `sum.power_l${n}`,
    from: [`power_delivered_l${n}`],
    maybe: [`power_returned_l${n}`],
    compute: netPower,
  })),
];

function line(field: string): Line | undefined {
  const known = lineOf(words, field);
  if (known) return known;
  const [, word = "", number] =
    /^(sum\.power|power_delivered|power_returned|voltage|current)_l([123])$/.exec(field) ?? [];
  if (number) {
    const endpoint = phase(number);
    if (word === "sum.power") return means("power", "kW", 1, endpoint);
    if (word.startsWith("power")) return { ...kept("kW"), endpoint };
    return word === "voltage" ? means("voltage", "V", 1, endpoint) : means("current", "A", 1, endpoint);
  }
  return planD(field);
}

/** Plan-D names its values in words, with the unit in the body: `active_power_consumption.value`. */
function planD(field: string): Line | undefined {
  const [, name = "", unit = "", tail] = /^(.+)\|(.*)\.(\w+)$/.exec(field) ?? [];
  if (!name) return undefined;
  if (tail !== "value") return clockwork;
  const own = unit || (/power/.test(name) ? "kW" : "kWh");
  const [, number] = /l([123])\b|phase_([123])/.exec(name) ?? [];
  const endpoint = number ? phase(number) : 1;
  const given = /production|injection|injected|returned|export/.test(name);
  if (/^active_power_(consumption|injection)$/.test(name)) return kept(own);
  if (/active_power/.test(name) && !/reactive/.test(name)) return means("power", own, given ? -1 : 1, endpoint);
  if (/energy/.test(name) && /total/.test(name)) return means(given ? "produced_energy" : "energy", own);
  if (/voltage/.test(name)) return means("voltage", unit || "V", 1, endpoint);
  if (/current/.test(name)) return means("current", unit || "A", 1, endpoint);
  return unit ? kept(unit) : undefined;
}

const online = (text: string): boolean | undefined =>
  /^online$/i.test(text) ? true : /^offline$/i.test(text) ? false : undefined;

function head(device: Known): Head {
  const base = device.key;
  const mac = macAddress(device.fact("mac"));
  return {
    addresses: mac ? [mac] : [],
    name: base.slice(base.lastIndexOf("/") + 1).replaceAll(/[-_]/g, " "),
    vendor: /utility_meter$/.test(base) ? "Plan-D" : "Smartstuff",
    model: /utility_meter$/.test(base) ? "P1 dongle" : /pro/i.test(base) ? "P1 Dongle Pro" : "P1 Dongle",
    firmware: device.fact("firmware"),
    types: { 1: "electricalMeter" },
    labels: phaseLabels,
    silentAfterS: 15 * 60,
  };
}

/** The older DSMR-logger says `{"power_delivered":[{"value":0.4,"unit":"kW"}]}` on the field's topic. */
const LOGGER = /^\s*\{\s*"\w+"\s*:\s*\[\s*\{\s*"value"/;

function logged(payload: string): Json | undefined {
  const entries = entriesOf(parseObject(payload), 8);
  return Object.fromEntries(
    entries.map(([name, list]) => [name, get(Array.isArray(list) ? list[0] : list, "value") ?? null]),
  );
}

/** A dongle that tells its MAC has said it within so many milliseconds. */
const PATIENCE_MS = 3000;

function sheet(): Sheet {
  /** Since when a base's MAC may still be told: only that tells whose it is. */
  const bases = new Map<string, number>();
  const patience = new Patience(PATIENCE_MS);
  const know = (base: string, at: number): void => {
    if (bases.has(base) || bases.size >= 16) return;
    bases.set(base, at);
    // It may have come already; if not, it is waited for.
    patience.begin(0);
    patience.begin();
  };
  /** It told it, or its messages are of a form that tells none. */
  const settle = (base: string): void => {
    if (bases.has(base)) bases.set(base, Number.NEGATIVE_INFINITY);
  };
  const claim = (topic: string, payload: string, at: number): Claim | undefined => {
    patience.heard(at);
    const cut = topic.lastIndexOf("/");
    const [base, tail] = [topic.slice(0, cut), topic.slice(cut + 1)];
    if (cut < 1) return undefined;
    if (tail === "utility_meter" && online(payload) !== undefined) return { kind: "will", group: topic, says: online };
    if (base.endsWith("/utility_meter")) return utility(base, tail, payload);
    if (base && LOGGER.test(payload) && STRONG.test(tail)) {
      know(base, at);
      settle(base);
      return { kind: "values", device: base, under: "", reads: logged };
    }
    const all = tail === "all" && payload.includes("power_delivered");
    if ((STRONG.test(tail) && !payload.startsWith("{")) || all) {
      know(base, at);
    } else if (!bases.has(base) || !WEAK.test(tail)) return undefined;
    if (all || (tail === "mac" && macAddress(payload))) settle(base);
    if (!patience.isOver(bases.get(base) ?? Number.NEGATIVE_INFINITY)) return undefined;
    if (tail === "LWT") return { kind: "will", group: base, says: online };
    return { kind: "values", device: base, under: tail === "all" ? "" : tail };
  };
  return { claim, head, line: (field) => line(field), derived, due: (now) => patience.due(now) };
}

function utility(base: string, tail: string, payload: string): Claim | undefined {
  if (!/^[a-z][a-z0-9_]{2,60}$/.test(tail)) return undefined;
  const body = parseObject(payload);
  if (!body) return { kind: "values", device: base, under: `${tail}|.value` };
  if (!("value" in body)) return undefined;
  return { kind: "values", device: base, under: `${tail}|${textOf(body, "unit") ?? ""}` };
}

export const p1Dongle = sheetDialect("p1-dongle", sheet);

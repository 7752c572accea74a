/** DSMR-reader: a Dutch or Belgian meter's telegrams (https://dsmr-reader.readthedocs.io, "MQTT"). */
import { parseObject } from "../json.ts";
import type { Claim, Derived, Head, Line, Sheet } from "../sheet/claim.ts";
import { amount, clockwork, kept, lineOf, means, netPower, phase, phaseLabels } from "../sheet/lines.ts";
import { sheetDialect } from "../sheet.ts";

/** `<base>/reading/<field>`; the rest of the base's topics are sums that DSMR-reader makes. */
const READING = /^(.+)\/reading\/([a-z0-9_]+)$/;
const SUMS = /^(.+)\/(day-consumption|consumption|meter-stats|current-month|current-year|json)(?:\/(.+))?$/;
/** Sums by which a base shows itself, though no telegram came. */
const OWN_SUM =
  /^(day-consumption\/(electricity(1|2|_merged|1_returned|2_returned|_returned_merged)|gas(_cost)?|electricity_cost_merged)|meter-stats\/(dsmr_version|electricity_tariff|(long_)?power_failure_count|voltage_\w+_count_l[123]|rejected_telegrams)|consumption\/quarter-hour-peak-electricity\/\w+|current-(month|year)\/electricity\w+)$/;
const TELEGRAM =
  /^(electricity_(delivered|returned)_[12]|electricity_currently_(delivered|returned)|phase_\w+_l[123]|extra_device_\w+|gas_meter_reading|timestamp)$/;

const plain: Readonly<Record<string, Line>> = {
  electricity_delivered_1: kept("kWh"),
  electricity_delivered_2: kept("kWh"),
  electricity_returned_1: kept("kWh"),
  electricity_returned_2: kept("kWh"),
  electricity_currently_delivered: kept("kW"),
  electricity_currently_returned: kept("kW"),
  extra_device_delivered: { ...kept("m3"), label: "Gas" },
  gas_meter_reading: { ...kept("m3"), label: "Gas" },
  timestamp: clockwork,
  extra_device_timestamp: clockwork,
  id: clockwork,
  "sum.energy": means("energy", "kWh"),
  "sum.produced": means("produced_energy", "kWh"),
  "sum.power": means("power", "kW"),
  // In W, unlike all others.
  "consumption.power": kept("W"),
};

const inPhase: Readonly<Record<string, Line>> = {
  voltage: means("voltage", "V"),
  power_current: means("current", "A"),
  currently_delivered: kept("kW"),
  currently_returned: kept("kW"),
};

/** Tariffs 1 and 2 are one meter; what is delivered and what is returned are two positive numbers. */
const derived: readonly Derived[] = [
  {
    field: "sum.energy",
    from: ["electricity_delivered_1", "electricity_delivered_2"],
    compute: ([low = 0, high = 0]) => low + high,
  },
  {
    field: "sum.produced",
    from: ["electricity_returned_1", "electricity_returned_2"],
    compute: ([low = 0, high = 0]) => low + high,
  },
  {
    field: "sum.power",
    from: ["electricity_currently_delivered"],
    maybe: ["electricity_currently_returned"],
    compute: netPower,
  },
  ...[1, 2, 3].map((n) => ({
    field: `sum.power_l${n}`,
    from: [`phase_currently_delivered_l${n}`],
    maybe: [`phase_currently_returned_l${n}`],
    compute: netPower,
  })),
];

function line(field: string): Line | undefined {
  const known = lineOf(plain, field);
  if (known) return known;
  const sum = /^sum\.power_l([123])$/.exec(field)?.[1];
  if (sum) return means("power", "kW", 1, phase(sum));
  const [, word = "", number] = /^phase_(\w+)_l([123])$/.exec(field) ?? [];
  const own = lineOf(inPhase, word);
  if (own && number) return { ...own, endpoint: phase(number) };
  return summary(field);
}

/** Of the day, the month, the year and the last quarter of an hour: never a lifetime counter. */
function summary(field: string): Line | undefined {
  const last = field.slice(field.lastIndexOf(".") + 1);
  if (/(_at|timestamp|read_at_\w+)$/.test(last)) return { maker: { kind: "text" } };
  if (/price/.test(last)) return kept(/gas/.test(last) ? "EUR/m3" : "EUR/kWh");
  if (/cost/.test(last)) return kept("EUR");
  if (/gas/.test(field)) return kept("m3");
  if (/peak-electricity\.average/.test(field)) return kept("kW");
  if (/^electricity/.test(last) && !/tariff/.test(last)) return kept("kWh");
  if (/temperature/.test(last)) return { maker: amount("C") };
  return undefined;
}

function head(): Head {
  return {
    addresses: [],
    name: "Smart meter",
    vendor: "DSMR-reader",
    types: { 1: "electricalMeter" },
    labels: phaseLabels,
    silentAfterS: 15 * 60,
  };
}

function sheet(): Sheet {
  const bases = new Set<string>();
  const know = (base: string): void => {
    if (bases.size < 16) bases.add(base);
  };
  const claim = (topic: string, payload: string): Claim | undefined => {
    const [, base = "", field = ""] = READING.exec(topic) ?? [];
    if (TELEGRAM.test(field)) {
      know(base);
      return { kind: "values", device: base, under: field };
    }
    const [, root = "", group = "", rest] = SUMS.exec(topic) ?? [];
    if (
      group &&
      (bases.has(root) || root === "dsmr" || root.endsWith("/dsmr") || OWN_SUM.test(topic.slice(root.length + 1)))
    ) {
      know(root);
      const under =
        group === "json" ? (rest?.replaceAll("/", ".") ?? "") : rest ? `${group}.${rest.replaceAll("/", ".")}` : group;
      return { kind: "values", device: root, under };
    }
    // The telegram in one body, on any topic that the user likes.
    const body = payload.includes('"electricity_') ? parseObject(payload) : undefined;
    if (!body || !("electricity_currently_delivered" in body)) return undefined;
    return { kind: "values", device: topic, under: "" };
  };
  return { claim, head, line: (field) => line(field), derived };
}

export const dsmrReader = sheetDialect("dsmr-reader", sheet);

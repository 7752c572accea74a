/** Hildebrand Glow displays of British smart meters (https://docs.glowmarkt.com, "Local MQTT"). */
import { isObject, type Json, parseObject } from "../json.ts";
import type { Claim, Head, Known, Line, Sheet } from "../sheet/claim.ts";
import { clockwork, fact, kept, lineOf, means } from "../sheet/lines.ts";
import { sheetDialect } from "../sheet.ts";

/** `<root>/<MAC>/STATE`, `<root>/<MAC>/SENSOR/electricitymeter` and `…/gasmeter`; the root is the user's. */
const TOPIC = /^(?:.+\/)?([0-9A-F]{12})\/(STATE|SENSOR\/(?:electricity|gas)meter)$/i;
const GAS = 2;

const electricity: Readonly<Record<string, Line>> = {
  timestamp: clockwork,
  "energy.import.cumulative": means("energy", "kWh"),
  "energy.export.cumulative": means("produced_energy", "kWh"),
  "energy.import.day": kept("kWh"),
  "energy.import.week": kept("kWh"),
  "energy.import.month": kept("kWh"),
  "energy.import.units": clockwork,
  "energy.export.units": clockwork,
  "energy.import.mpan": { maker: { kind: "text" } },
  "energy.import.price.unitrate": kept("GBP/kWh"),
  "energy.import.price.standingcharge": kept("GBP"),
  "power.value": means("power", "kW"),
  "power.units": clockwork,
};

const gas: Readonly<Record<string, Line>> = {
  timestamp: clockwork,
  "energy.import.cumulative": kept("kWh"),
  "energy.import.cumulativevol": kept("m3"),
  "energy.import.day": kept("kWh"),
  "energy.import.week": kept("kWh"),
  "energy.import.month": kept("kWh"),
  "energy.import.units": clockwork,
  "energy.import.cumulativevolunits": clockwork,
  "energy.import.dayvol": kept("m3"),
  "energy.import.weekvol": kept("m3"),
  "energy.import.monthvol": kept("m3"),
  // Says kWh even where volumes are meant.
  "energy.import.dayweekmonthvolunits": clockwork,
  "energy.import.mprn": { maker: { kind: "text" } },
  "energy.import.price.unitrate": kept("GBP/kWh"),
  "energy.import.price.standingcharge": kept("GBP"),
};

const about: Readonly<Record<string, Line>> = {
  software: fact("firmware"),
  hardware: fact("model"),
  timestamp: clockwork,
  "han.rssi": kept("dBm"),
};

function line(field: string): Line | undefined {
  if (field.startsWith("electricitymeter.")) return lineOf(electricity, field.slice(17));
  if (!field.startsWith("gasmeter.")) return lineOf(about, field);
  const known = lineOf(gas, field.slice(9));
  return { ...known, endpoint: GAS };
}

/** After a restart the display sends noughts until the meter has answered; the meter's number is blank then, or "read pending". */
function withoutBlanks(payload: string): Json | undefined {
  const body = parseObject(payload);
  if (!body) return undefined;
  return Object.fromEntries(
    Object.entries(body).map(([key, part]) => {
      const energy = isObject(part) && isObject(part.energy) ? part.energy : undefined;
      const taken = energy && isObject(energy.import) ? energy.import : undefined;
      const number = taken?.mpan ?? taken?.mprn;
      return typeof number === "string" && !/\d/.test(number) && isObject(part)
        ? [key, { ...part, energy: null }]
        : [key, part];
    }),
  );
}

function head(device: Known): Head {
  return {
    addresses: [`mac:${device.key.toLowerCase()}`],
    name: "Smart meter display",
    vendor: "Hildebrand",
    model: device.fact("model") ?? "GLOW-IHD-01",
    firmware: device.fact("firmware"),
    types: { 1: "electricalMeter" },
    labels: { [GAS]: "Gas" },
    // Electricity every ten seconds, gas every half hour.
    silentAfterS: 65 * 60,
  };
}

/** Others have twelve digits and `STATE` as well. */
const BODY = /"(electricitymeter|gasmeter|smetsversion|han)"/;

function claim(topic: string, payload: string): Claim | undefined {
  const [, mac, what] = TOPIC.exec(topic) ?? [];
  return mac && what && BODY.test(payload)
    ? { kind: "values", device: mac.toUpperCase(), under: "", reads: withoutBlanks }
    : undefined;
}

const sheet: Sheet = { claim, head, line: (field) => line(field) };

export const glow = sheetDialect("glow", () => sheet);

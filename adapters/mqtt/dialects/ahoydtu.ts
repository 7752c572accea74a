/**
 * AhoyDTU: micro-inverters behind one radio (https://github.com/lumapu/ahoy, its user manual, "MQTT"). Limits go to an
 * inverter's place in the radio's setup, which no topic tells: there are no commands, rather than one to the wrong roof.
 */

import { parseObject } from "../json.ts";
import type { Claim, Head, Known, Line, Sheet } from "../sheet/claim.ts";
import { amount, clockwork, fact, kept, lineOf, means } from "../sheet/lines.ts";
import { sheetDialect } from "../sheet.ts";
import { modelIn } from "./opendtu/model.ts";

/** `<base>/<name>/ch0/P_AC`, or in one body `<base>/<name>/ch0`. */
const CHANNEL = /^(?:(.*)\/)?([^/]+)\/ch([0-6])(?:\/([A-Za-z_]{2,20}))?$/;
const ABOUT = /^(?:(.*)\/)?([^/]+)\/(available|last_success|radio_stat|ack_pwr_limit|alarm.*)$/;
/** Of the radio: its will, version and sums. */
const RADIO =
  /^(.+)\/(mqtt|status|version|device|uptime|wifi_rssi|ip_addr|dis_night_comm|free_heap|heap_frag|sunrise|sunset|comm_[a-z]+|total(?:\/[A-Za-z_]{2,20})?)$/;

/** By the manual's words, on the alternating side (channel 0) and the strings of panels alike. */
const words: Readonly<Record<string, Line>> = {
  U_AC: means("voltage", "V"),
  I_AC: means("current", "A"),
  P_AC: means("power", "W", -1),
  Q_AC: means("power_reactive", "var"),
  F_AC: means("ac_frequency", "Hz"),
  PF_AC: means("power_factor", "%"),
  Temp: means("temperature", "C"),
  YieldTotal: means("produced_energy", "kWh"),
  YieldDay: kept("Wh"),
  MaxPower: kept("W"),
  U_DC: means("voltage", "V"),
  I_DC: means("current", "A"),
  Irradiation: kept("%"),
  Efficiency: kept("%"),
  PowerLimit: kept("%"),
  FWVersion: { maker: { kind: "number" }, fact: "inverter firmware" },
};

/** Sums of all inverters fall when one is out of reach: as the home's energy they would lie. */
const sums: Readonly<Record<string, Line>> = {
  P_AC: kept("W"),
  P_DC: kept("W"),
  MaxPower: kept("W"),
  YieldDay: kept("Wh"),
  YieldTotal: kept("kWh"),
};

/** Words that no other maker uses beneath `ch0`: a base shows itself by one of them. */
const OWN = /^([UIPF]_AC|Q_AC|PF_AC|[UIP]_DC|Yield(Day|Total))$/;

function line(field: string): Line | undefined {
  const [channel = "", word = ""] = field.split(".");
  // A structure where a channel stands is none: its values stay on the whole.
  const endpoint = /^ch[0-6]$/.test(channel) ? Number(channel.slice(2)) + 1 : 1;
  if (word === "P_DC") return channel === "ch0" ? kept("W") : means("power", "W", -1, endpoint);
  if (channel === "total") return lineOf(sums, word);
  const known = lineOf(words, word);
  if (known) return endpoint > 1 ? { ...known, endpoint } : known;
  if (field === "available")
    return {
      maker: { kind: "enum", values: ["0", "1", "2", "3", "4"] },
      reachable: (raw) => (/^[0-4]$/.test(String(raw)) ? String(raw) !== "0" : undefined),
    };
  return field === "last_success" ? clockwork : radioLine(field);
}

function radioLine(field: string): Line | undefined {
  switch (field) {
    case "version":
      return fact("firmware");
    case "wifi_rssi":
      return kept("dBm");
    case "uptime":
      return { maker: amount("s") };
    case "free_heap":
    case "heap_frag":
      return clockwork;
    default:
      return undefined;
  }
}

/** 10012 is 1.0.12. */
function version(raw: string | undefined): string | undefined {
  const number = Number(raw);
  if (raw === undefined || !(number > 0)) return undefined;
  return `${Math.floor(number / 10_000)}.${Math.floor(number / 100) % 100}.${number % 100}`;
}

function head(device: Known): Head {
  const [base = "", name = ""] = JSON.parse(device.key) as string[];
  if (!name)
    return {
      addresses: [`own:ahoydtu/${base}`],
      name: "AhoyDTU",
      vendor: "AhoyDTU",
      firmware: device.fact("firmware"),
    };
  const strings = [1, 2, 3, 4, 5, 6].filter((n) => device.has(`ch${n}.P_DC`));
  return {
    addresses: [`own:ahoydtu/${base}-${name}`],
    name,
    vendor: "Hoymiles",
    model: modelIn(name),
    firmware: version(device.fact("inverter firmware")),
    types: { 1: "solarPower" },
    partOf: Object.fromEntries(strings.map((n) => [1 + n, 1])),
    labels: Object.fromEntries(strings.map((n) => [1 + n, `String ${n}`])),
    silentAfterS: 15 * 60,
  };
}

function sheet(): Sheet {
  const bases = new Set<string>();
  const inverter = (base: string, name: string, under: string): Claim => ({
    kind: "values",
    device: JSON.stringify([base, name]),
    group: base,
    under,
  });
  /** In the one-body mode a channel's words are the keys of its object. */
  const shown = (word: string | undefined, payload: string): boolean =>
    word === undefined ? Object.keys(parseObject(payload) ?? {}).some((key) => OWN.test(key)) : OWN.test(word);
  const claim = (topic: string, payload: string): Claim | undefined => {
    const [, base = "", name = "", channel, word] = CHANNEL.exec(topic) ?? [];
    if (channel !== undefined && (bases.has(base) || shown(word, payload))) {
      if (bases.size < 16) bases.add(base);
      return inverter(base, name, word === undefined ? `ch${channel}` : `ch${channel}.${word}`);
    }
    const [, root = "", own = "", about] = ABOUT.exec(topic) ?? [];
    if (about && bases.has(root)) return inverter(root, own, about);
    const [, site = "", part = ""] = RADIO.exec(topic) ?? [];
    if (!part || !bases.has(site)) return undefined;
    if (part === "mqtt") return { kind: "will", group: site, says: connected };
    return { kind: "values", device: JSON.stringify([site]), group: site, under: part.replaceAll("/", ".") };
  };
  return { claim, head, line: (field) => line(field) };
}

const connected = (text: string): boolean | undefined =>
  text === "connected" ? true : text === "not connected" || text === "not_connected" ? false : undefined;

export const ahoydtu = sheetDialect("ahoydtu", sheet);

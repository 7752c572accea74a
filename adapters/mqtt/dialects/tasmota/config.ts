/** Tasmota's discovery message (SetOption19 0): names, topics, relays, lights, shutters (arendst/Tasmota, tasmota_discovery). */
import { get, type Json, type JsonObject, listOf, numberOf, textOf } from "../../json.ts";

export interface TasmotaConfig {
  /** Twelve capital hexadecimal digits. */
  readonly mac: string;
  readonly name: string;
  readonly model: string | undefined;
  readonly firmware: string | undefined;
  /** Topics with their closing slash. */
  readonly cmnd: string;
  readonly stat: string;
  readonly tele: string;
  readonly online: string;
  readonly offline: string;
  readonly offWord: string;
  readonly onWord: string;
  readonly toggleWord: string;
  /** By relay, from 1: 0 none, 1 relay, 2 light, 3 shutter. */
  readonly relays: readonly number[];
  readonly relayNames: readonly (string | undefined)[];
  /** Light subtype: 1 dimmer, 2 colour temperature, 3 RGB, 4 RGBW, 5 RGBCCT. */
  readonly lightSubtype: number;
  readonly fan: boolean;
  readonly battery: boolean;
  /** It is set to sleep between its reports; undefined: its firmware is too old to say so. */
  readonly deepSleep: boolean | undefined;
  /** Bit 0: the shutter counts from open (0) to closed (100). */
  readonly shutterOptions: readonly number[];
  /** The degrees of closed and open slats, where the shutter has such. */
  readonly shutterTilts: readonly (readonly [low: number, high: number] | undefined)[];
  /** Where commands for a group are heard: with `%topic%` for its name. */
  readonly groupCmnd: string;
  readonly relaysAreLights: boolean;
  readonly channelsApart: boolean;
  readonly reducedColourRange: boolean;
}

const MAX_RELAYS = 32;

const number = (value: Json | undefined): number => (typeof value === "number" && Number.isFinite(value) ? value : 0);
const option = (config: JsonObject, name: string): boolean => number(get(get(config, "so"), name)) === 1;

/** `%prefix%/%topic%/` in any order, also with the host name and the last six digits of the MAC. */
function topicOf(config: JsonObject, mac: string, prefix: string, topic = textOf(config, "t") ?? "tasmota"): string {
  const full = (textOf(config, "ft") ?? "%prefix%/%topic%/")
    .replaceAll("%prefix%", prefix)
    .replaceAll("%topic%", topic)
    .replaceAll("%hostname%", textOf(config, "hn") ?? "")
    .replaceAll("%id%", mac.slice(-6));
  return full.endsWith("/") ? full : `${full}/`;
}

/** The config, or why it is refused. */
export function readConfig(config: JsonObject, mac: string): TasmotaConfig | string {
  if (get(config, "ver") !== 1)
    return `discovery version ${String(get(config, "ver")).slice(0, 10)} is not known; 1 is`;
  const prefixes = listOf(config, "tp");
  const prefix = (index: number, usual: string): string => {
    const given = prefixes[index];
    return typeof given === "string" && given ? given.slice(0, 100) : usual;
  };
  const words = listOf(config, "state");
  const word = (index: number, usual: string): string => {
    const given = words[index];
    return typeof given === "string" && given ? given.slice(0, 40) : usual;
  };
  const relays = listOf(config, "rl").slice(0, MAX_RELAYS).map(number);
  return {
    mac,
    name: textOf(config, "dn") ?? textOf(config, "t") ?? mac,
    model: textOf(config, "md"),
    firmware: textOf(config, "sw"),
    cmnd: topicOf(config, mac, prefix(0, "cmnd")),
    stat: topicOf(config, mac, prefix(1, "stat")),
    tele: topicOf(config, mac, prefix(2, "tele")),
    online: textOf(config, "onln") ?? "Online",
    offline: textOf(config, "ofln") ?? "Offline",
    offWord: word(0, "OFF"),
    onWord: word(1, "ON"),
    toggleWord: word(2, "TOGGLE"),
    relays,
    relayNames: listOf(config, "fn")
      .slice(0, MAX_RELAYS)
      .map((n) => (typeof n === "string" && n ? n.slice(0, 80) : undefined)),
    lightSubtype: numberOf(config, "lt_st") ?? 0,
    fan: number(get(config, "if")) === 1,
    battery: number(get(config, "bat")) === 1,
    deepSleep: get(config, "dslp") === undefined ? undefined : number(get(config, "dslp")) === 1,
    shutterOptions: listOf(config, "sho").slice(0, MAX_RELAYS).map(number),
    shutterTilts: listOf(config, "sht")
      .slice(0, MAX_RELAYS)
      .map((t) =>
        Array.isArray(t) && number(t[1]) > number(t[0]) ? ([number(t[0]), number(t[1])] as const) : undefined,
      ),
    groupCmnd: topicOf(config, mac, prefix(0, "cmnd"), "%topic%"),
    relaysAreLights: option(config, "30"),
    channelsApart: option(config, "68"),
    reducedColourRange: option(config, "82"),
  };
}

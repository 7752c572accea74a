/** WLED: strips of lights with a controller (https://kno.wled.ge/interfaces/mqtt/). */

import { hsOf, rgbOf } from "../colour.ts";
import type { MqttPublish } from "../dialect.ts";
import type { Json } from "../json.ts";
import type { Claim, Derived, Head, Known, Line, Sheet } from "../sheet/claim.ts";
import { sheetDialect } from "../sheet.ts";

/** `<device>/g` brightness, `/c` colour, `/v` everything as XML, `/status` the will; requests go to the device's topic itself. */
const TOPIC = /^(.+)\/(g|c|v|status|col|api)$/;
const COLOUR = /^#(?:[0-9a-f]{2})?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i;

/** `#RRGGBB`, or `#WWRRGGBB` of a strip with white. */
function colour(payload: string): Json | undefined {
  const [, ...parts] = COLOUR.exec(payload) ?? [];
  const hs = parts.length === 3 ? hsOf(parts.map((part) => Number.parseInt(part, 16))) : undefined;
  return hs && { hex: payload.toLowerCase(), hue: hs.hue, saturation: hs.saturation };
}

/** Name and effect out of the XML: two tags of a body that says all else as well. */
function everything(payload: string): Json | undefined {
  const tag = (name: string): string | undefined => new RegExp(`<${name}>([^<>]{1,80})</${name}>`).exec(payload)?.[1];
  return payload.includes("<vs>") ? { name: tag("ds") ?? null, effect: Number(tag("fx") ?? Number.NaN) } : undefined;
}

const derived: readonly Derived[] = [{ field: "on", from: ["g"], compute: ([level = 0]) => (level > 0 ? 1 : 0) }];

function line(field: string, { key }: Known): Line | undefined {
  const send =
    (tail: string, text: (raw: unknown) => string) =>
    (raw: unknown): MqttPublish => ({
      topic: `${key}${tail}`,
      payload: text(raw),
      qos: 1,
    });
  switch (field) {
    case "on":
      return {
        word: "on",
        maker: { kind: "boolean", on: 1, off: 0 },
        write: send("", (raw) => (raw === 1 ? "ON" : "OFF")),
      };
    case "g":
      return { word: "level", maker: { kind: "number", min: 0, max: 255 }, write: send("", String) };
    case "c.hue":
      return { word: "hue", maker: { kind: "number", unit: "deg" }, write: send("/col", String) };
    case "c.saturation":
      return { word: "saturation", maker: { kind: "number", unit: "%" }, write: send("/col", String) };
    case "c.hex":
      return { maker: { kind: "text" }, label: "Colour", write: send("/col", String) };
    case "v.name":
      return { maker: { kind: "text" }, fact: "name", hidden: true };
    case "v.effect":
      return {
        maker: { kind: "number", min: 0, max: 255, step: 1 },
        label: "Effect",
        write: send("/api", (raw) => `FX=${String(raw)}`),
      };
    default:
      return undefined;
  }
}

const hex = (part: number): string => part.toString(16).padStart(2, "0");

function head(device: Known): Head {
  const mac = /([0-9a-f]{12})$/i.exec(device.key)?.[1];
  return {
    addresses: mac ? [`mac:${mac.toLowerCase()}`] : [`own:wled/${device.key}`],
    name: device.fact("name") ?? device.key.slice(device.key.lastIndexOf("/") + 1),
    vendor: "WLED",
    model: "WLED",
    types: { 1: "extendedColorLight" },
  };
}

const online = (text: string): boolean | undefined =>
  text === "online" ? true : text === "offline" ? false : undefined;

function sheet(): Sheet {
  const known = new Set<string>();
  const claim = (topic: string, payload: string): Claim | undefined => {
    const [, device = "", part] = TOPIC.exec(topic) ?? [];
    const strong = (part === "c" && COLOUR.test(payload)) || (part === "v" && payload.includes("<vs>"));
    if (strong && known.size < 500) known.add(device);
    if (!part || !known.has(device)) return known.has(topic) ? { kind: "ignored" } : undefined;
    if (part === "status") return { kind: "will", group: device, says: online };
    if (part === "col" || part === "api") return { kind: "ignored" };
    const reads = part === "c" ? { reads: colour } : part === "v" ? { reads: everything } : {};
    return { kind: "values", device, under: part, ...reads };
  };
  return {
    claim,
    head,
    line: (field, _, device) => line(field, device),
    derived,
    /** Hue and saturation are one colour on the wire. */
    finish: (writes, { command, args }) => {
      if (command !== "moveToHueAndSaturation" || !writes[0]) return writes;
      const rgb = rgbOf(Number(args.hue), Number(args.saturation)).map(hex).join("");
      return [{ ...writes[0], payload: `#${rgb}` }];
    },
  };
}

export const wled = sheetDialect("wled", sheet);

/** Relays, lights, shutters and fans of a Tasmota device: their fields in STATE and RESULT, and their commands. */
import type { Codec, MakerType } from "../../codec.ts";
import { asNumber } from "../../codec.ts";
import type { Draft } from "../../draft.ts";
import type { TasmotaConfig } from "./config.ts";

/** `cmnd/<topic>/<command>` with a payload. */
export interface TasmotaWrite {
  readonly command: string;
  readonly payload: string;
}

const says =
  (command: string) =>
  (raw: unknown): TasmotaWrite => ({ command, payload: String(raw) });

/** A single relay or dimmer is reported with or without its number. */
export const stateField = (key: string): string => (key === "POWER" ? "POWER1" : key === "Dimmer1" ? "Dimmer" : key);

interface Place {
  readonly draft: Draft<TasmotaWrite>;
  readonly config: TasmotaConfig;
  readonly endpoint: number;
}

/** `POWER` of a single relay, `POWER<n>` of more; readings of either form are taken. */
function power({ draft, config, endpoint }: Place): void {
  const only = config.relays.filter((r) => r > 0).length === 1;
  const command = only ? "POWER" : `POWER${endpoint}`;
  const source = `${config.stat}RESULT#${command}`;
  const maker: MakerType = { kind: "boolean", on: config.onWord, off: config.offWord };
  draft.add({ endpoint, field: `POWER${endpoint}`, source, word: "on", name: command, maker, write: says(command) });
  draft.action(endpoint, "onOff.toggle", { source, writes: [{ command, payload: config.toggleWord }] });
}

function value(place: Place, field: string, word: string, maker: MakerType, command: string, codec?: Codec): void {
  const { draft, config, endpoint } = place;
  const source = `${config.tele}STATE#${field}`;
  draft.add({ endpoint, field, source, word, name: field, maker, write: says(command), ...(codec ? { codec } : {}) });
}

const percent: MakerType = { kind: "number", unit: "%", min: 0, max: 100, step: 1 };

/** Hue and saturation out of the text `h,s,b`; each is set by a command of its own. */
const hsbPart = (index: number, type: Codec["type"]): Codec => ({
  type,
  read: (raw) => (typeof raw === "string" && raw.length < 40 ? asNumber(raw.split(",")[index]) : undefined),
  write: (v) => Math.round(Number(v)),
});

/** How a lamp fades, and the colour in the maker's own forms. */
function besides(place: Place, subtype: number): void {
  const { draft, config } = place;
  const own = (field: string, label: string, maker: MakerType, settable = true): void =>
    draft.add({
      endpoint: place.endpoint,
      field,
      source: `${config.tele}STATE#${field}`,
      name: field,
      label,
      maker,
      ...(settable ? { write: says(field) } : {}),
    });
  own("Fade", "Fade", { kind: "boolean", on: config.onWord, off: config.offWord });
  own("Speed", "Time of a fade in half seconds", { kind: "number", min: 1, max: 40, step: 1 });
  if (subtype >= 3) {
    own("Scheme", "Scheme", { kind: "number", min: 0, max: 12, step: 1 });
    own("Color", "Colour", { kind: "text" });
  }
  if (subtype >= 4) own("White", "White", percent);
  own("Channel", "Channels", { kind: "json" }, false);
}

function light(place: Place, nth: number, lights: number): void {
  const { draft, config, endpoint } = place;
  power(place);
  const first = nth === 1;
  const tail = lights > 1 ? String(config.channelsApart ? endpoint : nth) : "";
  const subtype = config.channelsApart || !first ? 1 : config.lightSubtype;
  if (config.lightSubtype >= 1) {
    const command = config.channelsApart && lights > 1 ? `Channel${tail}` : `Dimmer${tail}`;
    value(place, stateField(command), "level", percent, command);
  }
  if (subtype === 2 || subtype === 5) {
    const [min, max] = config.reducedColourRange ? [200, 380] : [153, 500];
    value(place, "CT", "color_temp", { kind: "number", min, max, step: 1 }, "CT");
  }
  // Once a device: the firmware fades all its channels alike.
  if (first) besides(place, subtype);
  if (subtype >= 3) {
    value(
      place,
      "HSBColor",
      "hue",
      { kind: "text" },
      "HSBColor1",
      hsbPart(0, { type: "number", unit: "deg", min: 0, max: 360 }),
    );
    value(
      place,
      "HSBColor",
      "saturation",
      { kind: "text" },
      "HSBColor2",
      hsbPart(1, { type: "number", unit: "%", min: 0, max: 100 }),
    );
  }
  const kinds = ["onOffLight", "dimmableLight", "colorTemperatureLight", "extendedColorLight"];
  draft.type(endpoint, kinds[Math.min(config.lightSubtype === 0 ? 0 : subtype, 3)] ?? "onOffLight");
}

/** Tasmota's position is 100 when open, unless the shutter is set to count the other way. */
function position(inverted: boolean): Codec {
  const turn = (v: number): number => (inverted ? 100 - v : v);
  return {
    type: { type: "number", unit: "%", min: 0, max: 100 },
    read: (raw) => {
      const v = asNumber(raw);
      return v === undefined ? undefined : turn(v);
    },
    write: (v) => Math.round(turn(Number(v))),
  };
}

/** Degrees of the slats between the ends that were set, as percent of the way to the upper one. */
function tilt([low, high]: readonly [low: number, high: number]): Codec {
  return {
    type: { type: "number", unit: "%", min: 0, max: 100 },
    read: (raw) => {
      const v = asNumber(raw);
      return v === undefined ? undefined : Math.round(((v - low) / (high - low)) * 100);
    },
    write: (v) => Math.round(low + (Number(v) / 100) * (high - low)),
  };
}

function shutter(place: Place, nth: number): void {
  const { draft, config, endpoint } = place;
  const field = `Shutter${nth}`;
  const source = `${config.stat}RESULT#${field}`;
  const inverted = ((config.shutterOptions[nth - 1] ?? 0) & 1) === 1;
  value(place, `${field}.Position`, "position", percent, `ShutterPosition${nth}`, position(inverted));
  draft.add({
    endpoint,
    field: `${field}.Direction`,
    source,
    word: "moving",
    name: `${field}.Direction`,
    maker: { kind: "number" },
    codec: {
      type: { type: "enum", values: ["stopped", "opening", "closing"] },
      read: (raw) => (raw === 0 ? "stopped" : raw === 1 ? "opening" : raw === -1 ? "closing" : undefined),
      write: () => undefined,
    },
  });
  const ends = config.shutterTilts[nth - 1];
  if (ends) value(place, `${field}.Tilt`, "tilt", percent, `ShutterTilt${nth}`, tilt(ends));
  const target = `${field}.Target`;
  draft.add({ endpoint, field: target, source, name: target, label: "Target", maker: percent });
  for (const [command, verb] of [
    ["upOrOpen", "Open"],
    ["downOrClose", "Close"],
    ["stopMotion", "Stop"],
  ] as const)
    draft.action(endpoint, `windowCovering.${command}`, {
      source,
      writes: [{ command: `Shutter${verb}${nth}`, payload: "" }],
    });
}

/** Everything that a device switches, an endpoint each, numbered as its relays. */
export function addRelays(draft: Draft<TasmotaWrite>, config: TasmotaConfig): void {
  const lights = config.relays.filter((r) => r === 2).length;
  let shutterRelays = 0;
  let nthLight = 0;
  for (const [index, kind] of config.relays.entries()) {
    const endpoint = index + 1;
    const place = { draft, config, endpoint };
    const label = config.relayNames[index];
    if (kind > 0 && label !== undefined) draft.label(endpoint, label);
    if (kind === 1) {
      power(place);
      draft.type(endpoint, config.relaysAreLights ? "onOffLight" : "onOffPlugInUnit");
    } else if (kind === 2) {
      nthLight += 1;
      light(place, nthLight, lights);
    } else if (kind === 3) {
      shutterRelays += 1;
      if (shutterRelays % 2 === 1) shutter(place, (shutterRelays + 1) / 2);
    }
  }
  if (!config.fan) return;
  const maker: MakerType = { kind: "enum", values: ["0", "1", "2", "3"] };
  value(
    { draft, config, endpoint: config.relays.findLastIndex((r) => r > 0) + 2 },
    "FanSpeed",
    "fan_steps",
    maker,
    "FanSpeed",
  );
}

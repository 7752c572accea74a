/** Homie's colours: `rgb,255,0,0`, `hsv,300,50,75` or `xyz,0.25,0.34` (version 5), without the first word before. */
import { asNumber, type Codec } from "../../codec.ts";
import { hsOf } from "../../colour.ts";

/** Degrees, percent, percent. */
export interface Hsv {
  readonly hue: number;
  readonly saturation: number;
  readonly value: number;
}

export type ColourPart = Partial<Hsv>;

/** What a colour property takes, the first that the house can speak. */
export type ColourForm = "hsv" | "rgb";

function hsvOfRgb(r: number, g: number, b: number): Hsv | undefined {
  const hs = hsOf([r, g, b]);
  return hs && { ...hs, value: Math.round((Math.max(r, g, b) / 255) * 100) };
}

/** The form that a format names; undefined for chromaticities alone, which have no brightness. */
export function colourForm(format: string): ColourForm | undefined {
  const forms = format
    .toLowerCase()
    .split(",")
    .map((word) => word.trim());
  return forms.includes("hsv") ? "hsv" : forms.includes("rgb") ? "rgb" : undefined;
}

/** A colour in any of the forms; undefined for what is none, and for chromaticities. */
export function readColour(raw: unknown, form: ColourForm): Hsv | undefined {
  if (typeof raw !== "string" || raw.length > 64) return undefined;
  const [, said, rest = ""] = /^(?:(rgb|hsv),)?(.*)$/i.exec(raw) ?? [];
  const parts = rest.split(",").map((part) => asNumber(part) ?? Number.NaN);
  const [a = Number.NaN, b = Number.NaN, c = Number.NaN] = parts;
  if (parts.length !== 3 || parts.some(Number.isNaN)) return undefined;
  if ((said?.toLowerCase() ?? form) === "rgb") return hsvOfRgb(a, b, c);
  return Math.min(a, b, c) < 0 || a > 360 || b > 100 || c > 100 ? undefined : { hue: a, saturation: b, value: c };
}

/** The payload of a colour; version 5 names the form. */
export function writeColour(colour: Hsv, form: ColourForm, named: boolean): string {
  const part = (n: number): number => {
    const k = (n + colour.hue / 60) % 6;
    const shade = 1 - (colour.saturation / 100) * Math.max(0, Math.min(k, 4 - k, 1));
    return Math.round(255 * (colour.value / 100) * shade);
  };
  const parts =
    form === "rgb"
      ? [part(5), part(3), part(1)]
      : [Math.round(colour.hue), Math.round(colour.saturation), Math.round(colour.value)];
  return [...(named ? [form] : []), ...parts].join(",");
}

const partCodec = (part: keyof Hsv, form: ColourForm, max: number, unit: "deg" | "%"): Codec => ({
  type: { type: "number", unit, min: 0, max },
  read: (raw) => readColour(raw, form)?.[part],
  write: (value) => value,
});

/** The parts of a colour by the word of the house. */
export const colourCodecs = (form: ColourForm): readonly (readonly [part: keyof Hsv, word: string, codec: Codec])[] => [
  ["hue", "hue", partCodec("hue", form, 360, "deg")],
  ["saturation", "saturation", partCodec("saturation", form, 100, "%")],
  ["value", "level", partCodec("value", form, 100, "%")],
];

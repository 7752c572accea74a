/** Makers' forms of colour, which no unit converts: red, green and blue, and kelvin. */
import { asNumber, type Codec } from "./codec.ts";

/** A colour without its brightness. */
export interface Hs {
  /** 0..360 */
  readonly hue: number;
  /** 0..100 */
  readonly saturation: number;
}

/** Hue and saturation of an RGB list, brightness apart; undefined when it is none. */
export function hsOf(raw: unknown): Hs | undefined {
  if (!Array.isArray(raw) || raw.length !== 3) return undefined;
  const [r = -1, g = -1, b = -1] = raw.map((part) => asNumber(part) ?? -1);
  if (Math.min(r, g, b) < 0 || Math.max(r, g, b) > 255) return undefined;
  const top = Math.max(r, g, b);
  const span = top - Math.min(r, g, b);
  if (span === 0) return { hue: 0, saturation: 0 };
  const sixth = top === r ? ((g - b) / span + 6) % 6 : top === g ? (b - r) / span + 2 : (r - g) / span + 4;
  return { hue: Math.round(sixth * 60), saturation: Math.round((span / top) * 100) };
}

/** The RGB list of a hue (degrees) and saturation (percent) at full brightness. */
export function rgbOf(hue: number, saturation: number): number[] {
  const part = (n: number): number => {
    const k = (n + hue / 60) % 6;
    return Math.round(255 * (1 - (saturation / 100) * Math.max(0, Math.min(k, 4 - k, 1))));
  };
  return [part(5), part(3), part(1)];
}

export const hueCodec: Codec = {
  type: { type: "number", unit: "deg", min: 0, max: 360 },
  read: (raw) => hsOf(raw)?.hue,
  write: (value) => value,
};

export const saturationCodec: Codec = {
  type: { type: "number", unit: "%", min: 0, max: 100 },
  read: (raw) => hsOf(raw)?.saturation,
  write: (value) => value,
};

/** Kelvin on the wire, mired in the house: each is a million through the other. */
export function kelvinCodec(range: readonly [coldest: number, warmest: number]): Codec {
  const [a, b] = range;
  return {
    type: {
      type: "number",
      unit: "mired",
      min: Math.floor(1e6 / Math.max(a, b)),
      max: Math.ceil(1e6 / Math.min(a, b)),
    },
    read: (raw) => {
      const kelvin = asNumber(raw);
      return kelvin !== undefined && kelvin > 0 ? Math.round(1e6 / kelvin) : undefined;
    },
    write: (value) => Math.round(Math.min(Math.max(1e6 / Number(value), Math.min(a, b)), Math.max(a, b))),
  };
}

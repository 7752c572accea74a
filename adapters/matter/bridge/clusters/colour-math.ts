/** CIE 1931 x and y, 0..1. */
export interface Xy {
  readonly x: number;
  readonly y: number;
}

const clamp = (value: number, min: number, max: number): number => Math.min(max, Math.max(min, value));

const toLinear = (c: number): number => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
const fromLinear = (c: number): number => (c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055);

/** Hue in degrees and saturation in percent, at full brightness, by sRGB (IEC 61966-2-1). */
export function xyOfHue(hue: number, saturation: number): Xy {
  const s = clamp(saturation, 0, 100) / 100;
  const channel = (n: number): number => {
    const k = (n + hue / 60) % 6;
    return toLinear(1 - s * Math.max(0, Math.min(k, 4 - k, 1)));
  };
  const [r, g, b] = [channel(5), channel(3), channel(1)];
  const x = 0.4124 * r + 0.3576 * g + 0.1805 * b;
  const y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  const z = 0.0193 * r + 0.1192 * g + 0.9505 * b;
  const sum = x + y + z;
  return sum > 0 ? { x: x / sum, y: y / sum } : { x: 0.3127, y: 0.329 };
}

/** The way back of {@link xyOfHue}; what sRGB can't show comes out at its edge. */
export function hueOfXy({ x, y }: Xy): { readonly hue: number; readonly saturation: number } {
  const safe = Math.max(y, 1e-4);
  const [bigX, bigZ] = [x / safe, (1 - x - y) / safe];
  const linear = [
    3.2406 * bigX - 1.5372 - 0.4986 * bigZ,
    -0.9689 * bigX + 1.8758 + 0.0415 * bigZ,
    0.0557 * bigX - 0.204 + 1.057 * bigZ,
  ].map((c) => Math.max(0, c));
  const top = Math.max(...linear, 1e-6);
  const [r = 0, g = 0, b = 0] = linear.map((c) => fromLinear(c / top));
  const max = Math.max(r, g, b);
  const span = max - Math.min(r, g, b);
  if (span < 1e-4 || max === 0) return { hue: 0, saturation: 0 };
  const sector = max === r ? ((g - b) / span + 6) % 6 : max === g ? (b - r) / span + 2 : (r - g) / span + 4;
  return { hue: sector * 60, saturation: (span / max) * 100 };
}

/** On the Planckian locus, 1,667 to 25,000 K (Kim et al., 2002). */
export function xyOfMireds(mireds: number): Xy {
  const t = clamp(1e6 / mireds, 1667, 25_000);
  const x =
    t < 4000
      ? -0.2661239e9 / t ** 3 - 0.2343589e6 / t ** 2 + 0.8776956e3 / t + 0.17991
      : -3.0258469e9 / t ** 3 + 2.1070379e6 / t ** 2 + 0.2226347e3 / t + 0.24039;
  const y =
    t < 2222
      ? -1.1063814 * x ** 3 - 1.3481102 * x ** 2 + 2.18555832 * x - 0.20219683
      : t < 4000
        ? -0.9549476 * x ** 3 - 1.37418593 * x ** 2 + 2.09137015 * x - 0.16748867
        : 3.081758 * x ** 3 - 5.8733867 * x ** 2 + 3.75112997 * x - 0.37001483;
  return { x, y };
}

/** The nearest colour temperature, in mireds (McCamy, 1992). */
export function miredsOfXy({ x, y }: Xy): number {
  const n = (x - 0.332) / (0.1858 - y || 1e-6);
  const kelvin = 449 * n ** 3 + 3525 * n ** 2 + 6823.3 * n + 5520.33;
  return clamp(1e6 / clamp(kelvin, 1000, 40_000), 50, 1000);
}

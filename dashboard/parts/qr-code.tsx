import { encode } from "uqr";

/** Module sizes of quiet ground around the code (ISO/IEC 18004 asks for four). */
const QUIET = 4;

/**
 * A text drawn as a QR code, dark on white in every colour scheme so that a camera reads it. `words` say what it is to
 * those who don't see it. Brings its library along: load it lazily.
 */
export function QrCode({ text, words }: { readonly text: string; readonly words: string }) {
  const { data, size } = encode(text, { border: 0, ecc: "M" });
  const path = data
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : "")))
    .join("");
  const whole = size + 2 * QUIET;
  return (
    <svg class="qr-code" viewBox={`0 0 ${whole} ${whole}`} role="img" aria-label={words} shape-rendering="crispEdges">
      <rect width={whole} height={whole} class="qr-ground" />
      <path d={path} class="qr-ink" />
    </svg>
  );
}

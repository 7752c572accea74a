/** The shape of a Matter pairing code, checked before anything is tried (Matter core specification, 5.1). */

export type CheckedCode =
  | { readonly ok: true; readonly code: string; readonly form: "manual" | "qr" }
  /** Names the field and the fix; never repeats the code. */
  | { readonly ok: false; readonly reason: string };

/** Multiplication in the dihedral group D5, and the permutation of the Verhoeff check digit (5.1.4.1.5). */
const product = [
  "0123456789",
  "1234067895",
  "2340178956",
  "3401289567",
  "4012395678",
  "5987604321",
  "6598710432",
].concat(["7659821043", "8765932104", "9876543210"]);
const permutation = [
  "0123456789",
  "1576283094",
  "5803796142",
  "8916043527",
  "9453126870",
  "4286573901",
  "2793806415",
].concat(["7046913258"]);

function checksOut(digits: string): boolean {
  let sum = 0;
  [...digits].reverse().forEach((digit, place) => {
    const permuted = Number(permutation[place % 8]?.[Number(digit)]);
    sum = Number(product[sum]?.[permuted]);
  });
  return sum === 0;
}

const refuse = (what: string): CheckedCode => ({ ok: false, reason: `code: ${what}` });

/** Takes a QR payload (`MT:...`) or an 11- or 21-digit manual code, with the dashes and spaces people type. */
export function checkPairingCode(text: unknown): CheckedCode {
  if (typeof text !== "string" || text.trim() === "") return refuse("type the pairing code of the device");
  const clean = text.trim();
  if (/^mt:/i.test(clean)) {
    const payload = clean.toUpperCase();
    if (payload.includes("*"))
      return refuse("this QR code holds several devices at once; use the code on each device's own label");
    if (payload.length < 22 || payload.length > 255)
      return refuse("a QR code's text is 22 to 255 characters long; scan it again");
    if (!/^MT:[0-9A-Z.-]+$/.test(payload))
      return refuse("a QR code's text has only letters, digits, points and dashes after MT:; scan it again");
    return { ok: true, code: payload, form: "qr" };
  }
  const digits = clean.replace(/[\s-]/g, "");
  if (!/^\d+$/.test(digits))
    return refuse("use the 11 or 21 digits of the manual code, or the QR code's text that starts with MT:");
  if (digits.length !== 11 && digits.length !== 21)
    return refuse(`a manual code has 11 or 21 digits, this one has ${digits.length}`);
  if (!checksOut(digits)) return refuse("a digit is wrong (the check digit does not fit); compare it with the label");
  return { ok: true, code: digits, form: "manual" };
}

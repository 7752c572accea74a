import { readFile, stat } from "node:fs/promises";

/** A larger file is not read: the whole ledger's lists together have some hundred kilobytes. */
const BYTES = 8_000_000;
const SERIALS = 200_000;

/** Serial numbers by the key id of who issued the certificates; both in upper-case hex without leading zeros. */
export type Revoked = ReadonlyMap<string, ReadonlySet<string>>;

const hex = (text: unknown): string | undefined => {
  if (typeof text !== "string") return undefined;
  const clean = text.replace(/:/g, "").toUpperCase();
  return /^[0-9A-F]{1,80}$/.test(clean) ? clean : undefined;
};

/** A certificate's serial number is a DER integer: a zero byte may stand before it, and some lists leave it out. */
export const plainSerial = (serial: string): string => serial.replace(/:/g, "").toUpperCase().replace(/^0+/, "");

/**
 * Reads revoked certificates in the form that the Matter SDK's own tool writes and its controllers read: a list of
 * `{"type": "revocation_set", "issuer_subject_key_id": hex, "revoked_serial_numbers": [hex]}`. Throws naming what is wrong:
 * a list that can't be understood must not pass for one that revokes nothing.
 */
export function parseRevoked(text: string): Revoked {
  const list: unknown = JSON.parse(text);
  if (!Array.isArray(list)) throw new RangeError("it must be a list of revocation sets");
  const sets = new Map<string, Set<string>>();
  let count = 0;
  for (const [index, entry] of list.entries()) {
    const { issuer_subject_key_id, revoked_serial_numbers } = (entry ?? {}) as Record<string, unknown>;
    const issuer = hex(issuer_subject_key_id);
    if (!issuer) throw new RangeError(`entry ${index + 1}: issuer_subject_key_id must be hex`);
    if (!Array.isArray(revoked_serial_numbers))
      throw new RangeError(`entry ${index + 1}: revoked_serial_numbers must be a list of hex numbers`);
    const serials = sets.get(issuer) ?? new Set<string>();
    for (const serial of revoked_serial_numbers) {
      const clean = hex(serial);
      if (!clean) throw new RangeError(`entry ${index + 1}: a serial number is not hex`);
      if (++count > SERIALS) throw new RangeError(`more than ${SERIALS} serial numbers`);
      serials.add(plainSerial(clean));
    }
    sets.set(issuer, serials);
  }
  return sets;
}

/** The list in a file; empty where there is none. Throws with a reason in words where it can't be read. */
export async function readRevoked(path: string): Promise<Revoked> {
  const facts = await stat(path).catch(() => undefined);
  if (!facts) return new Map();
  if (facts.size > BYTES) throw new RangeError("it is larger than 8 MB");
  return parseRevoked(await readFile(path, "utf8"));
}

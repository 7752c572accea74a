import { createCipheriv, createECDH, createHmac, type ECDH, randomBytes } from "node:crypto";

/** A browser's subscription keys, base64url: its public key (65 bytes, uncompressed P-256) and its secret (16 bytes). */
export interface Subscriber {
  readonly p256dh: string;
  readonly auth: string;
}

/** One record holds it all: what push services must take (RFC 8030 section 7.2) less what sealing adds. */
const MAX_PLAIN = 3993;
const RECORD_SIZE = 4096;

const CURVE = "prime256v1";

/** HMAC-based key derivation with one block of output (RFC 5869; all lengths here are at most 32 bytes). */
function hkdf(salt: Buffer, secret: Buffer, info: Buffer, length: number): Buffer {
  const key = createHmac("sha256", salt).update(secret).digest();
  return createHmac("sha256", key).update(info).update(Buffer.of(1)).digest().subarray(0, length);
}

const infoOf = (text: string): Buffer => Buffer.from(`Content-Encoding: ${text}\0`);

/**
 * A message that only this subscriber can read (RFC 8291 section 3.4, in the one record of RFC 8188's aes128gcm). Longer than
 * 3,993 bytes is a RangeError, and so is a key that is none. `own` and `salt` are chance, but for RFC 8291's own example.
 */
export function sealed(plain: Buffer, to: Subscriber, own: ECDH = newKey(), salt: Buffer = randomBytes(16)): Buffer {
  if (plain.length > MAX_PLAIN) throw new RangeError(`text: must be at most ${MAX_PLAIN} bytes`);
  const theirs = Buffer.from(to.p256dh, "base64url");
  const mine = own.getPublicKey();
  const shared = own.computeSecret(theirs);
  const about = Buffer.concat([Buffer.from("WebPush: info\0"), theirs, mine]);
  const secret = hkdf(Buffer.from(to.auth, "base64url"), shared, about, 32);
  const cipher = createCipheriv(
    "aes-128-gcm",
    hkdf(salt, secret, infoOf("aes128gcm"), 16),
    hkdf(salt, secret, infoOf("nonce"), 12),
  );
  // 2 ends the last record (RFC 8188 section 2).
  const body = Buffer.concat([cipher.update(plain), cipher.update(Buffer.of(2)), cipher.final(), cipher.getAuthTag()]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(RECORD_SIZE);
  return Buffer.concat([salt, size, Buffer.of(mine.length), mine, body]);
}

export function newKey(): ECDH {
  const key = createECDH(CURVE);
  key.generateKeys();
  return key;
}

/** What speaks against a browser's keys; undefined when they can be used. */
export function misfitOfSubscriber({ p256dh, auth }: Subscriber): string | undefined {
  if (!/^[\w-]{22}={0,2}$/.test(auth)) return "auth: must be the 16 bytes that the browser gave, as base64url";
  try {
    newKey().computeSecret(Buffer.from(p256dh, "base64url"));
    return undefined;
  } catch {
    return "p256dh: must be the key that the browser gave, as base64url";
  }
}

import { createECDH, createPrivateKey, sign } from "node:crypto";
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import { newKey } from "./seal.ts";

/** The key pair by which push services know this hub (RFC 8292), base64url. The private one never leaves its file. */
export interface PushKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

const FILE = "web-push.json";
/** At most a day (RFC 8292 section 2). */
const LIFE_S = 12 * 3600;
/** A push service may write there; a hub has no address of its own, and Apple's refuses a token without one. */
const SUBJECT = "https://localhost/inglenook";

/**
 * Kept in the data folder, readable by the hub's user alone. Made once: with another pair all browsers would have to be asked
 * again, so a file that can't be read is an error and not a reason for new keys.
 */
export function pushKeysOf(folder: string): PushKeys {
  const path = join(folder, FILE);
  const kept = read(path);
  if (kept) return kept;
  const key = newKey();
  const keys = { publicKey: key.getPublicKey("base64url"), privateKey: key.getPrivateKey("base64url") };
  const file = openSync(`${path}.new`, "w", 0o600);
  writeSync(file, JSON.stringify(keys));
  fsyncSync(file);
  closeSync(file);
  renameSync(`${path}.new`, path);
  return keys;
}

function read(path: string): PushKeys | undefined {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw new Error(`${FILE} can't be read; the hub's user must own it`);
  }
  const { publicKey, privateKey } = JSON.parse(text) as Partial<PushKeys>;
  const own = createECDH("prime256v1");
  own.setPrivateKey(Buffer.from(privateKey ?? "", "base64url"));
  if (own.getPublicKey("base64url") !== publicKey) throw new Error(`${FILE} is damaged; remove it to make new keys`);
  return { publicKey, privateKey: privateKey ?? "" };
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** The header by which a push service knows who sends (RFC 8292 section 3): a token signed with ES256 (RFC 7515). `now` in epoch ms. */
export function authorization({ publicKey, privateKey }: PushKeys, audience: string, now: number): string {
  const claims = { aud: audience, exp: Math.floor(now / 1000) + LIFE_S, sub: SUBJECT };
  const signed = `${part({ typ: "JWT", alg: "ES256" })}.${part(claims)}`;
  const point = Buffer.from(publicKey, "base64url");
  const key = createPrivateKey({
    format: "jwk",
    key: {
      ...{ kty: "EC", crv: "P-256", d: privateKey },
      ...{ x: point.subarray(1, 33).toString("base64url"), y: point.subarray(33, 65).toString("base64url") },
    },
  });
  const signature = sign("sha256", Buffer.from(signed), { key, dsaEncoding: "ieee-p1363" });
  return `vapid t=${signed}.${signature.toString("base64url")}, k=${publicKey}`;
}

/** Links by which a question can be answered without a sign-in: whoever holds one may answer that one question. */
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";

const FILE = "answer-links.key";
const KEY_BYTES = 32;
/** Ids are at most 120 characters. */
const MAX_TOKEN = 500;

/** What a link stands for: a question, as it was sent on one way. */
export interface Linked {
  readonly notice: string;
  readonly way: string;
}

/**
 * The key that signs links, kept in the data folder for the hub's user alone, so that a link outlives a restart. No link is kept: it
 * counts as long as its question is open and its way is there. A file that can't be used is replaced: only open links are lost by it.
 */
export function linkKeyOf(folder: string): Buffer {
  const path = join(folder, FILE);
  try {
    const kept = readFileSync(path);
    if (kept.length === KEY_BYTES) return kept;
  } catch {
    // There is none yet.
  }
  const key = randomBytes(KEY_BYTES);
  const file = openSync(`${path}.new`, "w", 0o600);
  writeSync(file, key);
  fsyncSync(file);
  closeSync(file);
  renameSync(`${path}.new`, path);
  return key;
}

const coded = (text: string): string => Buffer.from(text).toString("base64url");
const signed = (key: Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();

/** What stands at the end of a link: 256 bits that nobody can guess without the key. */
export function tokenFor(key: Buffer, { notice, way }: Linked): string {
  const text = `${coded(notice)}.${coded(way)}`;
  return `${text}.${signed(key, text).toString("base64url")}`;
}

/** What a token stands for; undefined for one that this hub did not make. Compared in constant time. */
export function readToken(key: Buffer, token: string): Linked | undefined {
  if (token.length > MAX_TOKEN) return undefined;
  const [notice = "", way = "", mark = "", ...more] = token.split(".");
  const given = Buffer.from(mark, "base64url");
  const wanted = signed(key, `${notice}.${way}`);
  if (more.length > 0 || given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined;
  return { notice: Buffer.from(notice, "base64url").toString(), way: Buffer.from(way, "base64url").toString() };
}

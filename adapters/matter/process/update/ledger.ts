import { createHash, type Hash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { DclClient } from "@matter/main/protocol";
import { plainText } from "../../facts.ts";
import { digestNamed, IMAGE_LIMIT, webAddress } from "../../update/image.ts";
import { type Applicable, fits, newestFor, type Updatable } from "../../update/match.ts";

/** What was asked is not asked again for a day, what failed for an hour; when a person wishes it, after a minute. */
const DAY_MS = 24 * 3_600_000;
const HOUR_MS = 3_600_000;
const SOON_MS = 60_000;
/** Of so many products the answers are kept; the oldest are dropped. */
const PRODUCTS = 200;
/** So many versions of a product, the newest first, are looked at. */
const VERSIONS = 5;
const FETCH_MS = 10 * 60_000;

export interface LedgerEntry extends Applicable {
  readonly words: string;
  readonly size?: number;
  readonly notes?: string;
  /** https only. */
  readonly url: string;
  /** Node's name of the digest over the whole file, and what it must come to in base64. */
  readonly digest: string;
  readonly expected: string;
}

type Client = Pick<DclClient, "fetchModelVersionsByVidPid" | "fetchModelVersionByVidPidSoftwareVersion">;

interface Answer {
  readonly at: number;
  readonly entries: readonly LedgerEntry[];
  readonly failed: boolean;
}

/** The standard's public ledger. Only asked where a person turned that on. */
export class Ledger {
  readonly #client: Client;
  readonly #answers = new Map<string, Answer>();

  constructor(client: Client = new DclClient()) {
    this.#client = client;
  }

  newestFor(device: Updatable): LedgerEntry | undefined {
    return newestFor(device, this.#answers.get(keyOf(device))?.entries ?? []);
  }

  /** Never throws: without an answer there is no update. */
  async ask(device: Updatable, now: boolean): Promise<void> {
    const key = keyOf(device);
    const { at, failed } = this.#answers.get(key) ?? { at: 0, failed: false };
    if (Date.now() - at < (now ? SOON_MS : failed ? HOUR_MS : DAY_MS)) return;
    const entries = await this.#entriesFor(device).catch(() => undefined);
    this.#answers.delete(key);
    this.#answers.set(key, { at: Date.now(), entries: entries ?? [], failed: entries === undefined });
    while (this.#answers.size > PRODUCTS) this.#answers.delete(this.#answers.keys().next().value ?? "");
  }

  async #entriesFor(device: Updatable): Promise<LedgerEntry[]> {
    const { vendorId, productId, version } = device;
    const listed = await this.#client.fetchModelVersionsByVidPid(vendorId, productId);
    const newer = listed.filter((one) => one > version).sort((a, b) => b - a);
    for (const one of newer.slice(0, VERSIONS)) {
      const raw = await this.#client.fetchModelVersionByVidPidSoftwareVersion(vendorId, productId, one);
      const entry = entryFrom(raw);
      if (entry && fits(device, entry)) return [entry];
    }
    return [];
  }
}

const keyOf = ({ vendorId, productId, version }: Updatable): string => `${vendorId} ${productId} ${version}`;

type Raw = Awaited<ReturnType<DclClient["fetchModelVersionByVidPidSoftwareVersion"]>>;

/** An entry that can be fetched and checked; undefined for all others (withdrawn, without a file or a digest). */
export function entryFrom(raw: Raw): LedgerEntry | undefined {
  const url = webAddress(raw.otaUrl);
  const digest = digestNamed(raw.otaChecksumType ?? 1);
  const size = raw.otaFileSize === undefined ? undefined : Number(raw.otaFileSize);
  if (!raw.softwareVersionValid || !url || !digest || !raw.otaChecksum || (size ?? 0) > IMAGE_LIMIT) return undefined;
  const notes = webAddress(raw.releaseNotesUrl);
  return {
    vendorId: raw.vid,
    productId: raw.pid,
    version: raw.softwareVersion,
    words: plainText(raw.softwareVersionString) ?? String(raw.softwareVersion),
    min: raw.minApplicableSoftwareVersion,
    max: raw.maxApplicableSoftwareVersion,
    ...(size ? { size } : {}),
    ...(notes ? { notes } : {}),
    ...{ url, digest, expected: raw.otaChecksum },
  };
}

/** Fetches the file into the folder, whole and with the ledger's digest, or not at all. Throws with the reason. */
export async function fetchImage(entry: LedgerEntry, folder: string, get: typeof fetch = fetch): Promise<void> {
  const { vendorId, productId, version, url, digest, expected } = entry;
  const answer = await get(url, { signal: AbortSignal.timeout(FETCH_MS) });
  if (!answer.ok || !answer.body) throw new Error(`the maker's server answered ${answer.status}`);
  const name = `ledger-${vendorId.toString(16)}-${productId.toString(16)}-${version}.ota`;
  const path = join(folder, `${name}.part`);
  const hash = createHash(digest);
  try {
    await mkdir(folder, { recursive: true });
    await pipeline(measured(answer.body, hash), createWriteStream(path));
    if (hash.digest("base64") !== expected) throw new Error("the file is not the one that the ledger names");
    await rename(path, join(folder, name));
  } finally {
    await rm(path, { force: true });
  }
}

/** Passes the pieces on; throws where there are too many of them. */
async function* measured(body: ReadableStream<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    bytes += value.length;
    if (bytes > IMAGE_LIMIT) throw new Error("the file is too large");
    hash.update(value);
    yield value;
  }
}

import { Bytes } from "@matter/main";
import { TlvOtaImageHeader } from "@matter/main/protocol";
import { plainText } from "../facts.ts";

/** The file identifier, and what stands before the header: it, the total size (8 bytes), the header's size (4). */
const MAGIC = 0x1beef11e;
const FRONT = 16;
/** All fields at their longest come to under 600 bytes; a larger header is none of the standard's. */
const HEADER_LIMIT = 2048;
/** So much of a file holds its whole header. */
export const HEAD_BYTES = FRONT + HEADER_LIMIT;
/** A larger image is not taken: radios and small processors have no room for one, and the hub's disk has other things to do. */
export const IMAGE_LIMIT = 128 * 1024 * 1024;

/** The digests of the IANA registry that the standard names, by their number there; those cut short are never used for images. */
const digests: ReadonlyMap<number, string> = new Map([
  [1, "sha256"],
  [7, "sha384"],
  [8, "sha512"],
  [10, "sha3-256"],
  [11, "sha3-384"],
  [12, "sha3-512"],
]);

/** Node's name of the digest with that number; undefined for one that is not used. */
export const digestNamed = (number: number): string | undefined => digests.get(number);

/** What an update file says of itself. Versions are Matter's numbers; `words` is what people read. */
export interface ImageHeader {
  readonly vendorId: number;
  readonly productId: number;
  readonly version: number;
  readonly words: string;
  /** The versions it may be put over. */
  readonly min?: number;
  readonly max?: number;
  /** https only. */
  readonly notes?: string;
  /** Where the payload begins, bytes from the file's start. */
  readonly payloadAt: number;
  /** Node's name of the digest over the payload, and what it must come to in hex. */
  readonly digest: string;
  readonly expected: string;
}

export type HeaderRead =
  | { readonly ok: true; readonly header: ImageHeader }
  /** What is wrong with the file, as the end of "the file …". */
  | { readonly ok: false; readonly why: string };

const no = (why: string): HeaderRead => ({ ok: false, why });

/**
 * Reads the header of an update file (Matter core specification 11.21.2.4) out of its first {@link HEAD_BYTES} bytes.
 * `size`: the whole file's. Never throws: a bad file is an answer. The payload's digest is still to be checked.
 */
export function readHeader(head: Uint8Array, size: number): HeaderRead {
  if (size > IMAGE_LIMIT) return no(`is larger than ${IMAGE_LIMIT / 1024 / 1024} MB`);
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (head.byteLength < FRONT || view.getUint32(0, true) !== MAGIC) return no("is no Matter update file");
  const told = view.getBigUint64(4, true);
  if (told !== BigInt(size))
    return no(`should have ${told} bytes and has ${size}: it was cut or is another file's beginning`);
  const length = view.getUint32(12, true);
  const payloadAt = FRONT + length;
  if (length > HEADER_LIMIT || payloadAt > head.byteLength) return no("has a header of a wrong length");
  try {
    return checked(TlvOtaImageHeader.decode(Bytes.of(head.slice(FRONT, payloadAt))), payloadAt, size);
  } catch {
    return no("has a header that can't be read");
  }
}

function checked(raw: ReturnType<typeof TlvOtaImageHeader.decode>, payloadAt: number, size: number): HeaderRead {
  const digest = digestNamed(raw.imageDigestType);
  if (!digest) return no(`has a digest of a kind (${raw.imageDigestType}) that this hub does not know`);
  if (BigInt(raw.payloadSize) !== BigInt(size - payloadAt)) return no("has a payload of another size than it says");
  // The standard lets a file name no maker; then nothing but its name would tell for which devices it is.
  if (raw.vendorId === 0) return no("does not say for which maker's devices it is");
  const { minApplicableSoftwareVersion: min, maxApplicableSoftwareVersion: max } = raw;
  const notes = webAddress(raw.releaseNotesUrl);
  return {
    ok: true,
    header: {
      vendorId: raw.vendorId,
      productId: raw.productId,
      version: raw.softwareVersion,
      words: plainText(raw.softwareVersionString) ?? String(raw.softwareVersion),
      ...(min === undefined ? {} : { min }),
      ...(max === undefined ? {} : { max }),
      ...(notes === undefined ? {} : { notes }),
      payloadAt,
      digest,
      expected: Bytes.toHex(raw.imageDigest).toLowerCase(),
    },
  };
}

/** An https address of at most 256 characters, as the standard has it; anything else is no link to show a person. */
export function webAddress(text: unknown): string | undefined {
  if (typeof text !== "string" || text.length > 256 || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.protocol === "https:" && url.username === "" && url.password === "" ? url.href : undefined;
}

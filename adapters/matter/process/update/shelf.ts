import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { BadUpdateFile } from "../../../../hub/ports.ts";
import { HEAD_BYTES, type ImageHeader, readHeader } from "../../update/image.ts";

/** More files than this are not read; of those that count the first by name. */
const FILES = 100;

/** An update file whose header and digest are right. */
export interface Image extends ImageHeader {
  readonly path: string;
  readonly size: number;
}

type Read = { readonly ok: true; readonly image: Image } | { readonly ok: false; readonly why: string };

/** The folder with update files. Each file is read once and again only when its size or time changes. */
export class Shelf {
  readonly folder: string;
  readonly #read = new Map<string, { readonly stamp: string; readonly result: Read }>();
  #last: Promise<void> = Promise.resolve();
  #tooMany = 0;

  constructor(folder: string) {
    this.folder = folder;
  }

  get images(): Image[] {
    return [...this.#read.values()].flatMap(({ result }) => (result.ok ? [result.image] : []));
  }

  get bad(): BadUpdateFile[] {
    const bad = [...this.#read].flatMap(([file, { result }]) => (result.ok ? [] : [{ file, why: result.why }]));
    const why = `and ${this.#tooMany - 1} more are not read: the folder holds more than ${FILES} update files`;
    return this.#tooMany > 0 ? [...bad, { file: `file ${FILES + 1}`, why }] : bad;
  }

  /** Looks through the folder, making it where there is none. A folder that can't be read is an empty one. One look at a time. */
  look(): Promise<void> {
    this.#last = this.#last.then(() => this.#look()).catch(() => undefined);
    return this.#last;
  }

  /** Reads one file whole: before it is sent it must still be what it was. */
  async check(path: string): Promise<Read> {
    return readImage(path);
  }

  async #look(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const all = (await readdir(this.folder)).filter((name) => /\.ota$/i.test(name)).sort();
    const names = all.slice(0, FILES);
    this.#tooMany = all.length - names.length;
    for (const known of [...this.#read.keys()]) if (!names.includes(known)) this.#read.delete(known);
    for (const name of names) {
      const path = join(this.folder, name);
      const facts = await stat(path).catch(() => undefined);
      if (!facts?.isFile()) {
        this.#read.delete(name);
        continue;
      }
      const stamp = `${facts.size} ${facts.mtimeMs}`;
      if (this.#read.get(name)?.stamp === stamp) continue;
      this.#read.set(name, { stamp, result: await readImage(path) });
    }
  }
}

/** Header and digest of a file. Never throws; at most {@link HEAD_BYTES} bytes and one chunk are held. */
async function readImage(path: string): Promise<Read> {
  try {
    const { size } = await stat(path);
    const read = readHeader(await headOf(path), size);
    if (!read.ok) return read;
    const { header } = read;
    const hash = createHash(header.digest);
    for await (const chunk of createReadStream(path, { start: header.payloadAt })) hash.update(chunk);
    if (hash.digest("hex") !== header.expected)
      return { ok: false, why: "is damaged: its content does not come to the digest in its header" };
    return { ok: true, image: { ...header, path, size } };
  } catch (error) {
    return { ok: false, why: `can't be read: ${reasonOf(error, basename(path))}` };
  }
}

async function headOf(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** A file system's words without the path, which the reader has. */
const reasonOf = (error: unknown, name: string): string => {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return code === "EACCES" ? "the hub may not read it" : code || `${name} is out of reach`;
};

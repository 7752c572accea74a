import { openAsBlob } from "node:fs";
import { BlobStorageDriver } from "@matter/main";
import { BdxError, ScopedStorage } from "@matter/main/protocol";
import { BdxStatusCode } from "@matter/main/types";

/** What an update's file is called towards the device: it asks for this name, and nothing else lies there. */
export const IMAGE_NAME = "image";
/** Read at once, bytes: what a device still gets after its update was stopped. */
const PIECE = 16_384;

/**
 * One file as the whole storage that a device may read from: matter.js lets it ask for any name of the storage it is given.
 * Nothing can be written or taken away.
 */
class OneFile extends BlobStorageDriver {
  readonly initialized = true;
  readonly #path: string;
  readonly #signal: AbortSignal;

  constructor(path: string, signal: AbortSignal) {
    super();
    this.#path = path;
    this.#signal = signal;
  }

  initialize(): void {}
  close(): void {}
  delete(): void {}
  clearAll(): void {}
  contexts = (): string[] => [];
  keys = (contexts: readonly string[]): string[] => (contexts.length === 0 ? [IMAGE_NAME] : []);
  has = (contexts: readonly string[], key: string): boolean => contexts.length === 0 && key === IMAGE_NAME;

  /** Reads from the disk as the device asks; a file that changes meanwhile ends the transfer. */
  async openBlob(): Promise<Blob> {
    if (this.#signal.aborted) throw stopped();
    return stoppable(await openAsBlob(this.#path), this.#signal);
  }

  writeBlobFromStream(): void {
    throw new Error("update files are read only");
  }
}

/** The scope `ota` and this one file; when the signal comes, a device that reads is told that it gets no more. */
export const storageOf = (path: string, signal: AbortSignal): ScopedStorage =>
  new ScopedStorage(new OneFile(path, signal), [], "ota");

const stopped = () => new BdxError("the update was stopped", BdxStatusCode.TransferFailedUnknownError);

/** Closing a transfer in matter.js leaves the device waiting for minutes; an error of its own kind while reading is passed on. */
function stoppable(blob: Blob, signal: AbortSignal): Blob {
  const slice = blob.slice.bind(blob);
  const stream = (): ReadableStream<Uint8Array> => {
    let at = 0;
    const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
      if (signal.aborted) throw stopped();
      const piece = new Uint8Array(await slice(at, at + PIECE).arrayBuffer());
      at += piece.length;
      if (piece.length > 0) controller.enqueue(piece);
      else controller.close();
    };
    return new ReadableStream({ pull }, { highWaterMark: 0 });
  };
  return Object.defineProperties(blob, {
    stream: { value: stream },
    slice: { value: (from?: number, to?: number) => stoppable(slice(from, to), signal) },
  });
}

import { once } from "node:events";
import type { Writable } from "node:stream";

const chunkSize = 64 * 1024;

/** JSON lines to a stream, in chunks, as fast as its reader takes them and no faster. */
export class LineOutlet {
  private readonly stream: Writable;
  private pending = "";

  constructor(stream: Writable) {
    this.stream = stream;
  }

  add(line: object): void {
    this.pending += `${JSON.stringify(line)}\n`;
  }

  /** Resolves at once while little is pending; else when the reader has made room. Rejects when the reader is gone. */
  async breathe(): Promise<void> {
    if (this.pending.length >= chunkSize) await this.flush();
  }

  async flush(): Promise<void> {
    const chunk = this.pending;
    this.pending = "";
    if (chunk !== "" && !this.stream.write(chunk)) await once(this.stream, "drain");
  }
}

import { connect, type Socket } from "node:net";

const PATIENCE_MS = 2000;

/** The bytes of one connection to a broker, to be taken in order. */
export class Line {
  readonly #socket: Socket;
  #got = Buffer.alloc(0);
  #ended = false;
  #changed = () => {};

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on("data", (data) => {
      this.#got = Buffer.concat([this.#got, data]);
      this.#changed();
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      this.#ended = true;
      this.#changed();
    });
  }

  static to(port: number): Line {
    return new Line(connect(port, "127.0.0.1"));
  }

  close(): void {
    this.#socket.destroy();
  }

  send(bytes: Buffer): void {
    this.#socket.write(bytes);
  }

  /** Up to `count` bytes: fewer when the connection ends before, or when they do not come in time. */
  async take(count: number): Promise<{ bytes: Buffer; ended: boolean }> {
    const late = AbortSignal.timeout(PATIENCE_MS);
    while (this.#got.length < count && !this.#ended && !late.aborted)
      await new Promise<void>((resolve) => {
        this.#changed = resolve;
        late.addEventListener("abort", () => resolve(), { once: true });
      });
    const bytes = this.#got.subarray(0, count);
    this.#got = this.#got.subarray(bytes.length);
    return { bytes, ended: this.#ended && bytes.length < count };
  }
}

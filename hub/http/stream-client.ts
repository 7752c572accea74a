/** What may wait for one slow reader; more than this and the reader is dropped. */
const MAX_BYTES = 256 * 1024;
const FAREWELL_MS = 5_000;

/**
 * One browser's stream. Frames wait in a bounded queue until the socket takes them. A reader that falls behind gets a
 * last event `bye` in place of the queue and then the end: its EventSource comes back and reads the state afresh.
 */
export class StreamClient {
  readonly body: ReadableStream<Uint8Array>;
  readonly #onGone: () => void;
  readonly #cut: () => void;
  #queue: Uint8Array[] = [];
  #bytes = 0;
  #wake: (() => void) | undefined;
  #ending = false;
  #gone = false;
  #farewell: NodeJS.Timeout | undefined;

  constructor(onGone: () => void, cut: () => void) {
    this.#onGone = onGone;
    this.#cut = cut;
    // A high-water mark of 0: the stream asks only when the socket wants more, so the queue here is the only one.
    this.body = new ReadableStream<Uint8Array>(
      { pull: (controller) => this.#pull(controller), cancel: () => this.#leave() },
      { highWaterMark: 0 },
    );
  }

  push(frame: Uint8Array): void {
    if (this.#ending) return;
    this.#queue.push(frame);
    this.#bytes += frame.length;
    if (this.#bytes > MAX_BYTES) this.end("too slow");
    this.#wake?.();
  }

  /** Says why and ends; cuts the connection when even that is not read within 5 s. */
  end(reason: string): void {
    if (this.#ending) return;
    this.#ending = true;
    const bye = new TextEncoder().encode(`event: bye\ndata: ${JSON.stringify({ type: "bye", reason })}\n\n`);
    this.#queue = [bye];
    this.#bytes = bye.length;
    this.#farewell = setTimeout(() => {
      this.#leave();
      this.#cut();
    }, FAREWELL_MS);
    this.#farewell.unref();
    this.#wake?.();
  }

  async #pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    if (this.#queue.length === 0 && !this.#ending) await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#wake = undefined;
    if (this.#gone) return;
    if (this.#queue.length === 0) {
      this.#leave();
      return controller.close();
    }
    const chunk = this.#queue.length === 1 ? this.#queue[0] : Buffer.concat(this.#queue);
    this.#queue = [];
    this.#bytes = 0;
    if (chunk) controller.enqueue(chunk);
  }

  #leave(): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#ending = true;
    this.#queue = [];
    clearTimeout(this.#farewell);
    this.#wake?.();
    this.#onGone();
  }
}

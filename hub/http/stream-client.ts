/** Events that may wait for one slow reader; more than this and the reader is dropped. */
const MAX_BYTES = 256 * 1024;
/** The newest values that may wait for one; a home has at most 20,000 attributes. */
const MAX_VALUE_CHARS = 4 * 1024 * 1024;
const FAREWELL_MS = 5_000;

/**
 * One browser's stream. Frames wait in a bounded queue until the socket takes them; of values that a reader is too slow for,
 * only the newest of each attribute waits, so that a slow reader sees the home as it is, in larger steps. A reader that falls behind gets a
 * last event `bye` in place of the queue and then the end: its EventSource comes back and reads the state afresh.
 */
export class StreamClient {
  readonly body: ReadableStream<Uint8Array>;
  readonly #onGone: () => void;
  readonly #cut: () => void;
  #queue: Uint8Array[] = [];
  #bytes = 0;
  /** By key, as text. */
  #values = new Map<string, string>();
  #valueChars = 0;
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

  /** Values by key, and the same in one frame for a reader that waits for it. */
  tell(values: ReadonlyMap<string, string>, frame: Uint8Array): void {
    if (this.#ending) return;
    const isWaiting = this.#wake !== undefined && this.#queue.length === 0 && this.#values.size === 0;
    if (isWaiting && frame.length <= MAX_BYTES) {
      this.push(frame);
      return;
    }
    for (const [key, text] of values) {
      this.#valueChars += text.length - (this.#values.get(key)?.length ?? 0);
      this.#values.set(key, text);
    }
    if (this.#valueChars > MAX_VALUE_CHARS) this.end("too slow");
    this.#wake?.();
  }

  /** Says why and ends; cuts the connection when even that is not read within 5 s. */
  end(reason: string): void {
    if (this.#ending) return;
    this.#ending = true;
    const bye = new TextEncoder().encode(`event: bye\ndata: ${JSON.stringify({ type: "bye", reason })}\n\n`);
    this.#queue = [bye];
    this.#bytes = bye.length;
    this.#dropValues();
    this.#farewell = setTimeout(() => {
      this.#leave();
      this.#cut();
    }, FAREWELL_MS);
    this.#farewell.unref();
    this.#wake?.();
  }

  async #pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    if (this.#queue.length === 0 && this.#values.size === 0 && !this.#ending)
      await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#wake = undefined;
    if (this.#gone) return;
    if (this.#values.size > 0) this.#queue.push(new TextEncoder().encode([...this.#values.values()].join("")));
    this.#dropValues();
    if (this.#queue.length === 0) {
      this.#leave();
      return controller.close();
    }
    const chunk = this.#queue.length === 1 ? this.#queue[0] : Buffer.concat(this.#queue);
    this.#queue = [];
    this.#bytes = 0;
    if (chunk) controller.enqueue(chunk);
  }

  #dropValues(): void {
    this.#values = new Map();
    this.#valueChars = 0;
  }

  #leave(): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#ending = true;
    this.#queue = [];
    this.#dropValues();
    clearTimeout(this.#farewell);
    this.#wake?.();
    this.#onGone();
  }
}

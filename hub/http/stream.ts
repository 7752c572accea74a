import type { Hub, HubEvent } from "../ports.ts";
import { coalesced } from "./coalesce.ts";
import { StreamClient } from "./stream-client.ts";

/** Streams open at once; a further one is told to come back later. */
const MAX_CLIENTS = 48;
const HEARTBEAT_MS = 15_000;

interface Opening {
  readonly session: string;
  readonly account: string;
  /** Asked at every heartbeat: a session may end by its age alone. */
  readonly stillValid: () => boolean;
  /** Cuts the connection of a client that does not even read its farewell. */
  readonly cut: () => void;
}

/** The hub's events to many browsers: one subscription, each event written out once. */
export class EventStream {
  readonly #hub: Hub;
  readonly #clients = new Map<StreamClient, Opening>();
  #unsubscribe: (() => void) | undefined;
  #heartbeat: NodeJS.Timeout | undefined;

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  get size(): number {
    return this.#clients.size;
  }

  /** The body of a new stream, beginning with `hello`; undefined when too many are open. */
  open(opening: Opening): ReadableStream<Uint8Array> | undefined {
    if (this.#clients.size >= MAX_CLIENTS) return undefined;
    const client = new StreamClient(() => this.#remove(client), opening.cut);
    this.#clients.set(client, opening);
    this.#start();
    const hello = JSON.stringify({ type: "hello", at: this.#hub.clock.now() });
    client.push(encoder.encode(`retry: 2000\nevent: hello\ndata: ${hello}\n\n`));
    return client.body;
  }

  /** Ends the streams of a session, or all of an account. */
  end(whose: string | { readonly account: string }): void {
    for (const [client, opening] of this.#clients) {
      const fits = typeof whose === "string" ? opening.session === whose : opening.account === whose.account;
      if (fits) client.end("signed out");
    }
  }

  /** Ends all streams. */
  close(): void {
    for (const client of [...this.#clients.keys()]) client.end("the hub stops");
  }

  #start(): void {
    if (this.#unsubscribe) return;
    const events = coalesced({
      event: (event) => this.#broadcast(event),
      values: (values) => this.#tellValues(values),
    });
    const unsubscribe = this.#hub.subscribe(events.push);
    this.#unsubscribe = () => {
      unsubscribe();
      events.stop();
    };
    this.#heartbeat = setInterval(() => this.#beat(), HEARTBEAT_MS);
    this.#heartbeat.unref();
  }

  #remove(client: StreamClient): void {
    this.#clients.delete(client);
    if (this.#clients.size > 0) return;
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    clearInterval(this.#heartbeat);
  }

  #broadcast(event: HubEvent): void {
    const frame = encoder.encode(textOf(event));
    for (const client of this.#clients.keys()) client.push(frame);
  }

  /** Written out once for all, and to each reader that keeps up in one piece. */
  #tellValues(events: ReadonlyMap<string, HubEvent>): void {
    const texts = new Map<string, string>();
    let all = "";
    for (const [key, event] of events) {
      const text = textOf(event);
      texts.set(key, text);
      all += text;
    }
    const frame = encoder.encode(all);
    for (const client of this.#clients.keys()) client.tell(texts, frame);
  }

  #beat(): void {
    const comment = encoder.encode(":\n\n");
    for (const [client, opening] of this.#clients) {
      if (opening.stillValid()) client.push(comment);
      else client.end("the session has ended");
    }
  }
}

const encoder = new TextEncoder();
const textOf = (event: HubEvent): string => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;

import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import { AckGate } from "./ack-gate.ts";
import { Framer } from "./framer.ts";
import type { BrokerLimits } from "./limits.ts";
import { CONNECT, misfitOfPacket, PUBACK, PUBREC } from "./packet-check.ts";

/** What all connections share. */
export interface Gatekeeper {
  readonly limits: BrokerLimits;
  /** Bytes of unfinished packets over all connections. */
  unfinished: number;
  refused(reason: string, address: string): void;
  whenDurable(then: () => void): void;
}

/**
 * Stands between a socket and aedes: hands on whole, well-formed packets only, closes the connection at the first
 * header that claims too much (aedes itself would collect it), and holds acknowledgements back (AckGate).
 */
export class GuardedConnection extends Duplex {
  readonly remoteAddress: string;
  readonly #socket: Socket;
  readonly #keeper: Gatekeeper;
  readonly #in: Framer;
  readonly #out = new Framer(Number.POSITIVE_INFINITY);
  readonly #gate: AckGate;
  #connected = false;
  #counted = 0;

  constructor(socket: Socket, keeper: Gatekeeper) {
    super({ allowHalfOpen: false });
    this.#socket = socket;
    this.#keeper = keeper;
    this.remoteAddress = socket.remoteAddress ?? "";
    this.#in = new Framer(keeper.limits.firstPacket);
    this.#gate = new AckGate(
      (packet) => {
        if (socket.writable) socket.write(packet);
      },
      (then) => keeper.whenDurable(then),
    );
    socket.setNoDelay(true);
    socket.on("data", (chunk: Buffer) => this.#take(chunk));
    socket.on("end", () => this.push(null));
    socket.on("error", (error) => this.destroy(error));
    socket.on("close", () => this.destroy());
  }

  /** A message of this client went into the store; its acknowledgement may follow. */
  stored(messageId: number): void {
    this.#gate.stored(messageId);
  }

  #take(chunk: Buffer): void {
    const reason = this.#handOn(chunk);
    if (reason === undefined) return;
    this.#in.clear();
    this.#keeper.refused(reason, this.remoteAddress);
    this.destroy();
  }

  /** The reason why the connection must end, if there is one. */
  #handOn(chunk: Buffer): string | undefined {
    const { limits } = this.#keeper;
    let room = true;
    try {
      for (const packet of this.#in.take(chunk)) {
        if (!this.#connected && (packet[0] ?? 0) >> 4 !== CONNECT) return "the first packet was no CONNECT";
        this.#connected = true;
        this.#in.limit = limits.packet;
        const misfit = misfitOfPacket(packet, limits);
        if (misfit) return misfit;
        room = this.push(packet);
      }
    } catch (error) {
      return error instanceof Error ? error.message : "malformed";
    }
    this.#count(this.#in.held);
    if (this.#keeper.unfinished > limits.unfinished) return "too many bytes of unfinished packets over all connections";
    if (!room) this.#socket.pause();
    return undefined;
  }

  #count(held: number): void {
    this.#keeper.unfinished += held - this.#counted;
    this.#counted = held;
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    const through: Buffer[] = [];
    for (const packet of this.#out.take(chunk)) {
      const type = (packet[0] ?? 0) >> 4;
      if (type === PUBACK || type === PUBREC) this.#gate.hold(packet);
      else through.push(packet);
    }
    const [first] = through;
    if (!first) done();
    else this.#socket.write(through.length === 1 ? first : Buffer.concat(through), done);
  }

  override _writev(chunks: { readonly chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this._write(Buffer.concat(chunks.map(({ chunk }) => chunk)), "binary", done);
  }

  override _final(done: () => void): void {
    this.#socket.end(done);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#count(0);
    this.#socket.destroy();
    done(error);
  }
}

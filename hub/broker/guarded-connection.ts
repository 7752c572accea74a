import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import { AckGate } from "./ack-gate.ts";
import { Framer } from "./framer.ts";
import type { BrokerLimits } from "./limits.ts";
import { Outlet } from "./outlet.ts";
import {
  CONNACK,
  CONNECT,
  type Misfit,
  misfitOfPacket,
  PUBACK,
  PUBLISH,
  PUBREC,
  qosOf,
  typeOf,
} from "./packet-check.ts";
import { SentIds } from "./sent-ids.ts";

/** What all connections share. */
export interface Gatekeeper {
  readonly limits: BrokerLimits;
  /** Bytes of unfinished packets over all connections. */
  unfinished: number;
  /** Bytes kept for clients that do not read, over all connections. */
  unread: number;
  refused(reason: string, address: string): void;
  whenDurable(then: () => void): void;
}

/** Packets of one client that are handed on in one turn of the loop. */
const AT_ONCE = 100;
/** What a client said before it was gone is worked off within this time, or dropped. */
const LAST_WORDS_MS = 10_000;

function* after(first: Generator<Buffer>, second: Generator<Buffer>): Generator<Buffer> {
  yield* first;
  yield* second;
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
  readonly #outlet: Outlet;
  readonly #gate: AckGate;
  readonly #sentIds = new SentIds();
  /** Not all of these have been handed on. */
  #packets: Generator<Buffer> | undefined;
  #left = AT_ONCE;
  #goesOn = false;
  #connected = false;
  /** A client may send more at once (MQTT 3.1.1, section 3.1.4), but aedes takes little before its CONNACK. */
  #greeting = false;
  #refused = false;
  /** aedes can take more. */
  #room = true;
  #counted = 0;
  /** The client says no more. */
  #silent = false;
  #lastWords: NodeJS.Timeout | undefined;
  /** Messages of QoS 1 and 2 that were handed on and are not stored yet. */
  #owed = 0;

  constructor(socket: Socket, keeper: Gatekeeper) {
    super({ allowHalfOpen: false });
    this.#socket = socket;
    this.#keeper = keeper;
    this.remoteAddress = socket.remoteAddress ?? "";
    this.#in = new Framer(keeper.limits.firstPacket);
    this.#outlet = new Outlet(socket, keeper, (reason) => this.#refuse({ reason }));
    this.#gate = new AckGate(
      (packet) => this.#outlet.send(packet),
      (then) => keeper.whenDurable(then),
    );
    socket.setNoDelay(true);
    // A device whose power was cut says no goodbye, and may have asked for no keep-alive.
    socket.setKeepAlive(true, 60_000);
    socket.on("data", (chunk: Buffer) => {
      this.#packets = this.#in.take(chunk);
      this.#handOn();
    });
    socket.on("end", () => this.#hearOut());
    // After a reset, too, what had come counts; that it is over is told by "close".
    socket.on("error", () => {});
    socket.on("close", () => {
      const rest: Buffer | null = socket.read();
      if (rest) this.#packets = this.#packets ? after(this.#packets, this.#in.take(rest)) : this.#in.take(rest);
      this.#hearOut();
    });
  }

  /** A message of this client went into the store; its acknowledgement may follow. */
  stored(messageId: number): void {
    this.#gate.stored(messageId);
    this.#settled();
  }

  /**
   * The client is gone. aedes drops a client with all that it has not read at the first sign of an end, and then tells
   * its will: so the end is told only when everything that came before it was handed on and is stored.
   */
  #hearOut(): void {
    if (this.#silent || this.destroyed) return;
    this.#silent = true;
    this.#lastWords = setTimeout(() => this.destroy(), LAST_WORDS_MS).unref();
    this.#nextTurn();
    this.#tellEnd();
  }

  #tellEnd(): void {
    if (this.#silent && !this.#packets && this.#owed === 0) this.push(null);
  }

  #settled(): void {
    if (this.#owed > 0) this.#owed--;
    this.#tellEnd();
  }

  /** Hands packets on until all are, or enough for a turn of the loop: a flood of one client must not hold all others. */
  #handOn(): void {
    this.#nextTurn();
    while (this.#packets && !this.#refused && !this.destroyed) {
      if (this.#greeting || this.#left-- === 0) {
        this.#socket.pause();
        return;
      }
      const misfit = this.#next(this.#packets);
      if (misfit) this.#refuse(misfit);
    }
    if (this.#room) this.#socket.resume();
    else this.#socket.pause();
  }

  /** A socket can hand over some MiB in one turn, chunk by chunk. */
  #nextTurn(): void {
    if (this.#goesOn) return;
    this.#goesOn = true;
    setImmediate(() => {
      this.#goesOn = false;
      this.#left = AT_ONCE;
      if (this.#packets && this.#room && !this.#greeting) this.#handOn();
    });
  }

  /** Hands one packet on; says why the connection must end, if it must. */
  #next(packets: Generator<Buffer>): Misfit | undefined {
    const { limits } = this.#keeper;
    try {
      const { value: packet, done } = packets.next();
      if (done) {
        this.#packets = undefined;
        this.#count(this.#in.held);
        this.#tellEnd();
        if (this.#keeper.unfinished <= limits.unfinished) return undefined;
        return { reason: "too many bytes of unfinished packets over all connections" };
      }
      if (!this.#connected && typeOf(packet) !== CONNECT) return { reason: "the first packet was no CONNECT" };
      const misfit = misfitOfPacket(packet, limits);
      if (misfit) return misfit;
      if (this.#sentIds.isWrongAnswer(packet)) return { reason: "a message was acknowledged as if of another QoS" };
      if (!this.#connected) this.#greeting = true;
      this.#connected = true;
      this.#in.limit = limits.packet;
      if (typeOf(packet) === PUBLISH && qosOf(packet) > 0) this.#owed++;
      this.#room = this.push(packet);
      return undefined;
    } catch (error) {
      return { reason: error instanceof Error ? error.message : "malformed" };
    }
  }

  #refuse({ reason, answer }: Misfit): void {
    if (this.#refused) return;
    this.#refused = true;
    this.#in.clear();
    this.#keeper.refused(reason, this.remoteAddress);
    if (answer) this.#socket.end(answer, () => this.destroy());
    else this.destroy();
  }

  #count(held: number): void {
    this.#keeper.unfinished += held - this.#counted;
    this.#counted = held;
  }

  override _read(): void {
    this.#room = true;
    if (this.#packets) this.#nextTurn();
    else this.#socket.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    const through: Buffer[] = [];
    for (const packet of this.#out.take(chunk)) {
      const type = typeOf(packet);
      this.#sentIds.sent(packet);
      if (type === CONNACK) {
        this.#greeting = false;
        this.#nextTurn();
      }
      // A PUBREC is written only after its message went into the store; a PUBACK before.
      if (type === PUBREC) this.#settled();
      if (type === PUBACK || type === PUBREC) this.#gate.hold(packet);
      else through.push(packet);
    }
    const [first] = through;
    if (!first) done();
    else this.#outlet.write(through.length === 1 ? first : Buffer.concat(through), done);
  }

  override _writev(chunks: { readonly chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this._write(Buffer.concat(chunks.map(({ chunk }) => chunk)), "binary", done);
  }

  override _final(done: () => void): void {
    this.#socket.end(done);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    clearTimeout(this.#lastWords);
    this.#count(0);
    this.#outlet.close();
    this.#socket.destroy();
    done(error);
  }
}

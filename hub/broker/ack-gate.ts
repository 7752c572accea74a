import { PUBACK } from "./packet-check.ts";

interface Held {
  readonly id: number;
  readonly packet: Buffer;
  ready: boolean;
}

/**
 * Holds back acknowledgements until what they promise is on the disk. aedes writes a PUBACK before it stores the
 * message, so that a crash in between would lose what was acknowledged. They leave in the order in which they came
 * (MQTT 3.1.1, section 4.6).
 */
export class AckGate {
  readonly #send: (packet: Buffer) => void;
  readonly #whenDurable: (then: () => void) => void;
  #held: Held[] = [];
  /** Taken care of before their acknowledgement came by. */
  readonly #early = new Set<number>();

  constructor(send: (packet: Buffer) => void, whenDurable: (then: () => void) => void) {
    this.#send = send;
    this.#whenDurable = whenDurable;
  }

  /** A PUBACK or PUBREC on its way out. */
  hold(packet: Buffer): void {
    const id = packet.readUInt16BE(2);
    const held = { id, packet, ready: false };
    this.#held.push(held);
    // A PUBREC is written only after its message went into the store.
    const stored = (packet[0] ?? 0) >> 4 !== PUBACK || this.#early.delete(id);
    if (stored) this.#settle(held);
  }

  /** The message with this id went into the store. */
  stored(id: number): void {
    const held = this.#held.find((h) => h.id === id && !h.ready);
    if (held) this.#settle(held);
    else this.#early.add(id);
  }

  #settle(held: Held): void {
    this.#whenDurable(() => {
      held.ready = true;
      let count = 0;
      for (const { ready, packet } of this.#held) {
        if (!ready) break;
        this.#send(packet);
        count++;
      }
      if (count > 0) this.#held = this.#held.slice(count);
    });
  }
}

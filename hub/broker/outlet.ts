import type { Socket } from "node:net";
import type { Gatekeeper } from "./guarded-connection.ts";

/** How long everybody else waits for a client that does not read. */
const PATIENCE_MS = 500;

type Done = () => void;

/**
 * The way to a client. Who sends waits until the client has taken it, which slows a fast sender down to what its
 * listeners can take. But aedes lets everybody wait for the slowest: a client that takes nothing for a while is not waited
 * for any more. What it is sent is kept for it, within limits; beyond them it is closed.
 */
export class Outlet {
  readonly #socket: Socket;
  readonly #keeper: Gatekeeper;
  readonly #overrun: (reason: string) => void;
  #waiting: Done | undefined;
  #since = 0;
  #timer: NodeJS.Timeout | undefined;
  #asleep = false;
  #counted = 0;

  constructor(socket: Socket, keeper: Gatekeeper, overrun: (reason: string) => void) {
    this.#socket = socket;
    this.#keeper = keeper;
    this.#overrun = overrun;
  }

  /** Sends what nobody waits for. */
  send(data: Buffer): void {
    if (!this.#socket.writable) return;
    this.#socket.write(data);
    if (this.#socket.writableLength > this.#keeper.limits.unread) this.#count();
  }

  /** Sends; calls `done` when the client has taken it, is not waited for or is gone: what it said itself still counts. */
  write(data: Buffer, done: Done): void {
    if (!this.#socket.writable) {
      done();
      return;
    }
    if (this.#asleep && this.#socket.writableLength === 0) this.#asleep = false;
    if (this.#asleep) {
      this.#socket.write(data, () => this.#count());
      this.#count();
      done();
      return;
    }
    this.#waiting = done;
    this.#since = performance.now();
    this.#socket.write(data, () => {
      if (this.#waiting === done) this.#goOn();
    });
    this.#arm(PATIENCE_MS);
  }

  #arm(wait: number): void {
    this.#timer ??= setTimeout(() => this.#look(), wait).unref();
  }

  #look(): void {
    this.#timer = undefined;
    if (!this.#waiting) return;
    const left = this.#since + PATIENCE_MS - performance.now();
    if (left > 0) {
      this.#arm(left);
      return;
    }
    this.#asleep = true;
    this.#count();
    this.#goOn();
  }

  #goOn(): void {
    const done = this.#waiting;
    this.#waiting = undefined;
    done?.();
  }

  #count(): void {
    const { limits } = this.#keeper;
    const bytes = this.#socket.writableLength;
    this.#keeper.unread += bytes - this.#counted;
    this.#counted = bytes;
    if (bytes > limits.unread || this.#keeper.unread > limits.unreadTogether)
      this.#overrun("it does not read what it is sent");
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#keeper.unread -= this.#counted;
    this.#counted = 0;
  }
}

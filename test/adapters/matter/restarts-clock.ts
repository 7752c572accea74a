/** Virtual time for whole Matter stacks in one process: timers and clocks jump, files and cryptography stay real. */

type Callback = (...args: unknown[]) => void;

interface Due {
  readonly id: number;
  at: number;
  readonly every: number | undefined;
  readonly run: () => void;
}

/** Turns of the event loop without any work in them before time may go on. */
const QUIET_TURNS = 3;
/** Work of this process that time waits for: files and names; sockets of others (mDNS of this machine) are none of it. */
const IO = new Set(["FSReqPromise", "FSReqCallback", "CloseReq", "FileHandleCloseReq", "Immediate"]);

const real = {
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  setInterval: globalThis.setInterval,
  clearInterval: globalThis.clearInterval,
  Date: globalThis.Date,
  now: performance.now.bind(performance),
};

/** Waits for real time, whatever the virtual one is. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export class VirtualClock {
  /** Epoch ms. */
  now: number;
  /** Work that no list of the process shows, such as cryptography in its thread pool. */
  busy = 0;
  /** Called after every step. */
  onStep: () => void = () => undefined;
  readonly #began: number;
  readonly #queue: Due[] = [];
  readonly #byId = new Map<number, Due>();
  #id = 0;

  constructor(began: number) {
    this.now = began;
    this.#began = began;
  }

  /** From now on this process has virtual time; {@link uninstall} gives it back. */
  install(): void {
    const clock = this;
    class VirtualDate extends real.Date {
      constructor(...args: unknown[]) {
        // @ts-expect-error: the overloads of Date take what they are given.
        super(...(args.length === 0 ? [clock.now] : args));
      }
      static override now(): number {
        return clock.now;
      }
    }
    const start = (run: Callback, ms: number | undefined, repeat: boolean, args: unknown[]) =>
      this.#handle(this.#add(() => run(...args), ms ?? 0, repeat));
    const stop = (handle: unknown) => this.#remove(Number(handle));
    Object.assign(globalThis, {
      Date: VirtualDate,
      setTimeout: (run: Callback, ms?: number, ...args: unknown[]) => start(run, ms, false, args),
      setInterval: (run: Callback, ms?: number, ...args: unknown[]) => start(run, ms, true, args),
      clearTimeout: stop,
      clearInterval: stop,
    });
    performance.now = () => clock.now - this.#began;
  }

  uninstall(): void {
    const { now, ...globals } = real;
    Object.assign(globalThis, globals);
    performance.now = now;
    this.#queue.length = 0;
    this.#byId.clear();
  }

  /** Lets `ms` go by. */
  async run(ms: number): Promise<void> {
    // A clock of whole milliseconds, as every device's is.
    const end = this.now + Math.ceil(ms);
    await this.#until(end, () => false);
    this.now = Math.max(this.now, end);
  }

  /** Lets time go by until it holds; false when it does not within `ms`. */
  until(holds: () => boolean, ms: number): Promise<boolean> {
    return this.#until(this.now + Math.ceil(ms), holds);
  }

  /** Lets time go by until the work is done. Throws what it throws, and when it takes longer than `ms`. */
  async during<T>(work: Promise<T>, ms: number): Promise<T> {
    let done = false;
    const ended = work.then(
      () => (done = true),
      () => (done = true),
    );
    if (!(await this.until(() => done, ms))) throw new Error(`not done within ${ms / 1000} s of virtual time`);
    await ended;
    return work;
  }

  async #until(end: number, holds: () => boolean): Promise<boolean> {
    for (;;) {
      await this.#settled();
      this.onStep();
      if (holds()) return true;
      const next = this.#queue[0];
      if (!next || next.at > end) return false;
      this.now = Math.max(this.now, next.at);
      this.#queue.shift();
      if (next.every === undefined) this.#byId.delete(next.id);
      else this.#insert(next, this.now + next.every);
      next.run();
    }
  }

  /** What has begun at this moment is done. */
  async #settled(): Promise<void> {
    for (let quiet = 0; quiet < QUIET_TURNS; ) {
      await turn();
      const working = this.busy > 0 || process.getActiveResourcesInfo().some((kind) => IO.has(kind));
      quiet = working ? 0 : quiet + 1;
    }
  }

  #add(run: () => void, ms: number, repeat: boolean): number {
    // As Node has it: what is no time at all, or too long for its timers, is 1 ms.
    const wait = ms >= 1 && ms <= 0x7fff_ffff ? Math.trunc(ms) : 1;
    const due: Due = { id: ++this.#id, at: 0, every: repeat ? wait : undefined, run };
    this.#byId.set(due.id, due);
    this.#insert(due, this.now + wait);
    return due.id;
  }

  #insert(due: Due, at: number): void {
    due.at = at;
    let low = 0;
    let high = this.#queue.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#queue[middle]?.at ?? 0) <= at) low = middle + 1;
      else high = middle;
    }
    this.#queue.splice(low, 0, due);
  }

  #remove(id: number): void {
    const due = this.#byId.get(id);
    if (!due) return;
    this.#byId.delete(id);
    const index = this.#queue.indexOf(due);
    if (index >= 0) this.#queue.splice(index, 1);
  }

  #handle(id: number) {
    const handle = {
      ref: () => handle,
      unref: () => handle,
      hasRef: () => true,
      refresh: () => {
        const due = this.#byId.get(id);
        if (due) {
          this.#remove(id);
          this.#byId.set(id, due);
          this.#insert(due, this.now + (due.every ?? 1));
        }
        return handle;
      },
      close: () => this.#remove(id),
      [Symbol.toPrimitive]: () => id,
      [Symbol.dispose]: () => this.#remove(id),
    };
    return handle;
  }
}

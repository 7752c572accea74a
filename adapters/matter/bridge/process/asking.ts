import type { NodeId } from "../../../../hub/model/path.ts";
import type { Answer, Fabric, FromBridge } from "../protocol.ts";
import type { Ask } from "../table.ts";

interface Open {
  readonly answer: (answer: Answer) => void;
  readonly settled: () => void;
  readonly timer: NodeJS.Timeout;
}

/** An ecosystem waits no longer than some seconds; the hub answers sooner than this if it is there. */
const ANSWER_MS = 4000;
/** A request beside so many unanswered ones is refused. */
const OPEN_LIMIT = 256;

/** What ecosystems asked and the hub has not settled yet. */
export class Asking {
  readonly #send: (message: FromBridge) => void;
  readonly #open = new Map<number, Open>();
  #request = 0;

  constructor(send: (message: FromBridge) => void) {
    this.#send = send;
  }

  ask(bridge: string, fabric: Fabric, node: NodeId, endpoint: number, asks: readonly Ask[]) {
    if (this.#open.size >= OPEN_LIMIT) {
      const answer: Answer = { state: "refused", reason: "too many requests are waiting" };
      return Promise.resolve({ answer, settled: Promise.resolve() });
    }
    const request = ++this.#request;
    return new Promise<{ readonly answer: Answer; readonly settled: Promise<void> }>((resolve) => {
      let done: () => void = () => undefined;
      const settled = new Promise<void>((resolved) => {
        done = resolved;
      });
      const timer = setTimeout(() => {
        this.answered(request, { state: "refused", reason: "the hub does not answer" });
      }, ANSWER_MS);
      this.#open.set(request, { answer: (answer) => resolve({ answer, settled }), settled: done, timer });
      this.#send({ kind: "asked", request, bridge, fabric, node, endpoint, asks });
    });
  }

  answered(request: number, answer: Answer): void {
    const open = this.#open.get(request);
    if (!open) return;
    clearTimeout(open.timer);
    open.answer(answer);
    if (answer.state !== "taken") this.settled(request);
  }

  settled(request: number): void {
    const open = this.#open.get(request);
    this.#open.delete(request);
    open?.settled();
  }
}

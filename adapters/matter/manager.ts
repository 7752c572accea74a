import type { NodeId } from "../../hub/model/path.ts";
import type { MatterAnswer, MatterNode, MatterShare } from "../../hub/ports.ts";
import type { Managed, ManageWish, ToProcess, UpdateWish } from "./protocol.ts";

/** Reading a device that sleeps takes its time; a person waits no longer. */
const ANSWER_MS = 20_000;
/** So many requests at once; one more is refused. */
const OPEN_LIMIT = 32;

type Refused = Extract<MatterAnswer<never>, { readonly ok: false }>;

/** What only Matter knows of a device, asked of the process. Keeps the codes of open windows in memory alone. */
export class MatterManager {
  readonly #send: (message: ToProcess) => boolean;
  readonly #now: () => number;
  readonly #open = new Map<number, (result: Managed) => void>();
  readonly #shares = new Map<NodeId, MatterShare>();
  #request = 0;

  constructor(send: (message: ToProcess) => boolean, now: () => number) {
    this.#send = send;
    this.#now = now;
  }

  /** Asks the device. A code whose window is shut (time, 20 wrong codes, or used) is forgotten. */
  async node(id: NodeId): Promise<MatterAnswer<MatterNode>> {
    const result = await this.#ask(id, { what: "read" });
    if (!result.ok) return refused(result);
    if (!result.node) return { ok: false, why: "refused", reason: "the device told nothing" };
    const share = this.#shares.get(id);
    if (result.node.window === "ours" && share && share.until > this.#now())
      return { ok: true, value: { ...result.node, share } };
    this.#shares.delete(id);
    return { ok: true, value: result.node };
  }

  /** Opens a window of 15 minutes with a code of its own. */
  async share(id: NodeId): Promise<MatterAnswer<MatterShare>> {
    const result = await this.#ask(id, { what: "share" });
    if (!result.ok) return refused(result);
    if (!result.share) return { ok: false, why: "refused", reason: "the device opened no window" };
    this.#shares.set(id, result.share);
    return { ok: true, value: result.share };
  }

  async endShare(id: NodeId): Promise<MatterAnswer<true>> {
    this.#shares.delete(id);
    return this.#done(id, { what: "endShare" });
  }

  /** At most 32 characters, as the device's own name may have. */
  rename(id: NodeId, label: string): Promise<MatterAnswer<true>> {
    return this.#done(id, { what: "rename", label });
  }

  removeFabric(id: NodeId, index: number): Promise<MatterAnswer<true>> {
    return this.#done(id, { what: "removeFabric", index });
  }

  /** What has no other answer than yes, or why not. */
  update(id: NodeId, wish: UpdateWish): Promise<MatterAnswer<true>> {
    return this.#done(id, wish);
  }

  take(request: number, result: Managed): void {
    this.#open.get(request)?.(result);
  }

  /** The process is gone: what it was asked is answered so. */
  down(reason: string): void {
    for (const finish of [...this.#open.values()]) finish({ ok: false, reason });
  }

  /** How many makers' authorities are known, and whether there is Bluetooth; undefined while the process is away. */
  async pairingFacts(): Promise<{ readonly roots: number; readonly bluetooth: boolean } | undefined> {
    const result = await this.#put((request) => ({ kind: "facts", request }));
    return result.ok ? result.facts : undefined;
  }

  async #done(id: NodeId, wish: ManageWish): Promise<MatterAnswer<true>> {
    const result = await this.#ask(id, wish);
    return result.ok ? { ok: true, value: true } : refused(result);
  }

  #ask(node: NodeId, wish: ManageWish): Promise<Managed> {
    return this.#put((request) => ({ kind: "manage", request, node, wish }));
  }

  #put(message: (request: number) => ToProcess): Promise<Managed> {
    if (this.#open.size >= OPEN_LIMIT) return Promise.resolve({ ok: false, reason: "too much is asked at once" });
    const request = ++this.#request;
    return new Promise((resolve) => {
      const timer = setTimeout(() => finish({ ok: false, reason: "the device did not answer in time" }), ANSWER_MS);
      const finish = (result: Managed): void => {
        clearTimeout(timer);
        this.#open.delete(request);
        resolve(result);
      };
      this.#open.set(request, finish);
      if (!this.#send(message(request))) finish({ ok: false, reason: "The Matter part of the hub is restarting" });
    });
  }
}

const refused = ({ absent, reason }: Extract<Managed, { ok: false }>): Refused => ({
  ok: false,
  why: absent ? "absent" : "refused",
  reason,
});

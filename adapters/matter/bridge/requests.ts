import type { Command, Origin, Outcome } from "../../../hub/model/command.ts";
import type { Hub } from "../../../hub/ports.ts";
import { makerOf } from "./ecosystems.ts";
import type { Answer, FromBridge, ToBridge } from "./protocol.ts";

/** An ecosystem is answered after so long even if the device has not shown the new state yet, ms. */
const PATIENCE_MS = 1200;

export interface RequestParts {
  readonly command: Hub["command"];
  /** Sends what is known first, so that the answer does not overtake the state it speaks of. */
  readonly before: () => void;
  readonly send: (message: ToBridge) => boolean;
  readonly nameOf: (bridge: string) => string;
}

type Asked = Extract<FromBridge, { readonly kind: "asked" }>;

/** Brings what ecosystems ask before the hub's arbitration, with who asked and where. */
export class Requests {
  readonly #parts: RequestParts;

  constructor(parts: RequestParts) {
    this.#parts = parts;
  }

  async take({ request, ...asked }: Asked): Promise<void> {
    const { before, send } = this.#parts;
    let taken = false;
    const answer = (a: Answer) => {
      before();
      send({ kind: "answer", request, answer: a });
    };
    const timer = setTimeout(() => {
      taken = true;
      answer({ state: "taken" });
    }, PATIENCE_MS);
    const refusal = await this.#all(asked);
    clearTimeout(timer);
    if (!taken) answer(refusal === undefined ? { state: "done" } : { state: "refused", reason: refusal });
    else {
      before();
      send({ kind: "settled", request });
    }
  }

  /** One command after the other; the first that fails ends it. */
  async #all({ bridge, fabric, node, endpoint, asks }: Omit<Asked, "request">): Promise<string | undefined> {
    const who = fabric.label || makerOf(fabric.vendorId);
    const reason = `asked in ${makerOf(fabric.vendorId)} through the Matter bridge ${this.#parts.nameOf(bridge)}`;
    const origin: Origin = { rank: "person", by: `matter:${who}`, reason };
    for (const { capability, command, args } of asks) {
      const asked: Command = { target: { node, endpoint }, capability, command, args };
      const refusal = refusalOf((await this.#parts.command(asked, origin)).outcome);
      if (refusal !== undefined) return refusal;
    }
    return undefined;
  }
}

const refusalOf = (outcome: Outcome): string | undefined =>
  outcome.state === "refused" || outcome.state === "unconfirmed" ? outcome.reason : undefined;

import type { ClientNode } from "@matter/main";
import type { BadUpdateFile, UpdateOffer } from "../../../../hub/ports.ts";
import { newestFor } from "../../update/match.ts";
import { fetchImage, Ledger } from "./ledger.ts";
import { knownOf, requestorOf } from "./peer.ts";
import { type Image, Shelf } from "./shelf.ts";

/** Which updates there are: those in the folder, and where a person allowed it those of the public ledger. */
export class Offers {
  online: boolean;
  readonly #shelf: Shelf;
  readonly #ledger = new Ledger();

  constructor(folder: string, online: boolean) {
    this.#shelf = new Shelf(folder);
    this.online = online;
  }

  get badFiles(): readonly BadUpdateFile[] {
    return this.#shelf.bad;
  }

  /** Looks through the folder. */
  look(): Promise<void> {
    return this.#shelf.look();
  }

  /** Asks the ledger, where that is allowed and was not done today; `now`: in any case. */
  async ask(peer: ClientNode, now: boolean): Promise<void> {
    const known = this.online && requestorOf(peer) ? knownOf(peer) : undefined;
    if (known) await this.#ledger.ask(known, now);
  }

  /** The newest of both; what lies here wins over the same one elsewhere. */
  offerFor(peer: ClientNode): UpdateOffer | undefined {
    const held = this.#onShelf(peer);
    const listed = this.#inLedger(peer);
    const best = listed && listed.version > (held?.version ?? 0) ? listed : held;
    if (!best) return undefined;
    const { version, words, size, notes } = best;
    return {
      ...{ version, words, source: best === held ? "folder" : "ledger" },
      ...(size === undefined ? {} : { size }),
      ...(notes === undefined ? {} : { notes }),
    };
  }

  /** The file of that version for the device, whole and right now; fetched where it is only listed. Throws with the reason. */
  async imageFor(peer: ClientNode, version: number): Promise<Image> {
    const listed = this.#inLedger(peer);
    if (this.#onShelf(peer)?.version !== version && listed?.version === version) {
      await fetchImage(listed, this.#shelf.folder);
      await this.#shelf.look();
    }
    const held = this.#onShelf(peer);
    if (held?.version !== version) throw new Error("there is no such update any more");
    const read = await this.#shelf.check(held.path);
    if (!read.ok) throw new Error(`the update file ${read.why}`);
    const known = knownOf(peer);
    if (!known || newestFor(known, [read.image])?.version !== version)
      throw new Error("the update file was changed and is not for this device");
    return read.image;
  }

  #onShelf(peer: ClientNode): Image | undefined {
    const known = knownOf(peer);
    return known && newestFor(known, this.#shelf.images);
  }

  #inLedger(peer: ClientNode) {
    const known = this.online ? knownOf(peer) : undefined;
    return known && this.#ledger.newestFor(known);
  }
}

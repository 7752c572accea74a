import type { NodeId } from "../../hub/model/path.ts";
import type { BadUpdateFile, DeviceUpdate, MatterAnswer } from "../../hub/ports.ts";
import type { FromProcess, UpdateWish } from "./protocol.ts";

/** Asks the process; what it refuses is an answer. */
export type Wish = (node: NodeId, wish: UpdateWish) => Promise<MatterAnswer<true>>;

type Told = Extract<FromProcess, { readonly kind: "update" | "badUpdateFiles" }>;

/** What the process told of updates, held for those who ask; and people's wishes passed on to it. */
export class MatterUpdatesView {
  /** Where a person puts update files. */
  readonly folder: string;
  readonly #wish: Wish;
  readonly #held = new Map<NodeId, DeviceUpdate>();
  #bad: readonly BadUpdateFile[] = [];
  #listener: (node: NodeId, update: DeviceUpdate) => void = () => undefined;

  constructor(folder: string, wish: Wish) {
    this.folder = folder;
    this.#wish = wish;
  }

  get badFiles(): readonly BadUpdateFile[] {
    return this.#bad;
  }

  of(node: NodeId): DeviceUpdate | undefined {
    return this.#held.get(node);
  }

  /** Called on every change. */
  onChange(listener: (node: NodeId, update: DeviceUpdate) => void): void {
    this.#listener = listener;
  }

  look(node: NodeId): Promise<MatterAnswer<true>> {
    return this.#wish(node, { what: "lookForUpdate" });
  }

  /** A person's yes to exactly this version. */
  apply(node: NodeId, version: number): Promise<MatterAnswer<true>> {
    return this.#wish(node, { what: "update", version });
  }

  stop(node: NodeId): Promise<MatterAnswer<true>> {
    return this.#wish(node, { what: "stopUpdate" });
  }

  take(message: Told): void {
    if (message.kind === "badUpdateFiles") this.#bad = message.files;
    else this.#set(message.node, message.update);
  }

  gone(node: NodeId): void {
    this.#held.delete(node);
  }

  /** The process is gone, and with it each transfer; a device that had its update goes on by itself. */
  down(reason: string): void {
    for (const [node, update] of this.#held) {
      const { run } = update;
      if (run?.state !== "running") continue;
      const detail = `${reason}. If the device had the whole update it goes on by itself; else try again in a minute.`;
      this.#set(node, { ...update, run: { ...run, state: "failed", detail, stoppable: false } });
    }
  }

  #set(node: NodeId, update: DeviceUpdate): void {
    this.#held.set(node, update);
    this.#listener(node, update);
  }
}

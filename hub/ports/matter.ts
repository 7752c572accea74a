/** What only Matter knows of a node: its fabrics, its open window, its name in itself. Implemented by shells. */
import type { NodeId } from "../model/path.ts";
import type { MatterAnswer, MatterUpdates } from "./matter-updates.ts";

/** A home that the device is paired with. */
export interface MatterFabric {
  readonly index: number;
  /** What its owner called it; may be empty. */
  readonly label: string;
  /** Whose hub it is, by its vendor number, e.g. `Apple Home`. */
  readonly maker: string;
  /** This hub's. */
  readonly ours: boolean;
}

/** The code of a window that this hub opened, for another hub to pair with. A secret while it is open. */
export interface MatterShare {
  /** Text of the QR code, `MT:…`. */
  readonly qr: string;
  /** The 11 digits. */
  readonly manual: string;
  /** Epoch ms. */
  readonly until: number;
}

export interface MatterNode {
  readonly fabrics: readonly MatterFabric[];
  /** How many homes it can be paired with at once. */
  readonly fabricsAtMost: number;
  /** Whether it is in pairing mode now, and through whom. */
  readonly window: "closed" | "ours" | "another";
  readonly share?: MatterShare;
  /** The name that is stored in the device and that other homes see; may be empty. */
  readonly label: string;
}

export interface MatterSettings {
  /**
   * Whether the public ledger of the standard may be asked for makers' certificates, revoked devices and updates. Off until a
   * person turns it on: nothing else of Matter leaves the home.
   */
  readonly online: boolean;
}

export interface MatterFacts extends MatterSettings {
  readonly running: boolean;
  /** How many makers' authorities a device's certificate can be checked against. */
  readonly roots: number;
  /** Whether a device that has no network yet can be paired. */
  readonly bluetooth: boolean;
}

export interface MatterHome {
  readonly updates: MatterUpdates;
  facts(): Promise<MatterFacts>;
  configure(settings: MatterSettings, by: string): void;
  /** Asks the device. */
  node(id: NodeId): Promise<MatterAnswer<MatterNode>>;
  /** Opens a window of 15 minutes for one more home; the device shuts it after 20 wrong codes. */
  share(id: NodeId, by: string): Promise<MatterAnswer<MatterShare>>;
  endShare(id: NodeId, by: string): Promise<MatterAnswer<true>>;
  /** At most 32 characters. */
  rename(id: NodeId, label: string, by: string): Promise<MatterAnswer<true>>;
  /** Takes another home's key from the device; this hub's own goes by removing the device. */
  removeFabric(id: NodeId, index: number, by: string): Promise<MatterAnswer<true>>;
}

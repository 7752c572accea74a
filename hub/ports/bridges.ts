/** Matter bridges: the hub's MQTT devices shown to other ecosystems. Implemented by shells; nothing here does anything. */
import type { NodeId } from "../model/path.ts";

export type Ecosystem = "any" | "apple" | "google" | "amazon" | "smartthings" | "homeAssistant";

/** Which devices a bridge shows. `include` and `exclude` come on top of the rest; `exclude` wins. */
export interface BridgeFilter {
  /** `chosen`: only those of `include`. */
  readonly show: "all" | "rooms" | "kinds" | "chosen";
  readonly rooms: readonly string[];
  /** Device types. */
  readonly kinds: readonly string[];
  readonly include: readonly NodeId[];
  readonly exclude: readonly NodeId[];
}

export interface BridgeWish {
  readonly name: string;
  readonly ecosystem: Ecosystem;
  readonly filter: BridgeFilter;
  /** UDP port; undefined: the hub chooses. Alexa finds a bridge on 5540 only. */
  readonly port?: number | undefined;
}

export interface BridgeSettings extends BridgeWish {
  readonly id: string;
  readonly port: number;
}

/** A controller that the bridge is paired with. */
export interface BridgeFabric {
  readonly index: number;
  /** What its owner called it; may be empty. */
  readonly label: string;
  /** Whose it is, by its vendor number, e.g. `Apple Home`. */
  readonly maker: string;
}

export interface BridgeStatus {
  readonly settings: BridgeSettings;
  readonly state: "starting" | "online" | "failed";
  /** For `failed`: why and what to try. */
  readonly problem?: string;
  /** For people only: whoever has it can pair while the bridge is open. */
  readonly qrCode?: string;
  /** 11 digits. */
  readonly manualCode?: string;
  /** Epoch ms; 0: closed. */
  readonly openUntil: number;
  readonly fabrics: readonly BridgeFabric[];
  /** Devices it shows now. */
  readonly shown: number;
}

/** One Matter device that people will see. */
export interface ShownPart {
  /** The standard's device type, e.g. `DimmableLight`. */
  readonly type: string;
  readonly label: string;
  /** What can be done with it or seen of it, in words. */
  readonly abilities: readonly string[];
  /** Why this ecosystem does not show it, though it goes out. */
  readonly hidden?: string;
}

export interface PreviewNode {
  readonly node: NodeId;
  readonly name: string;
  readonly room?: string;
  /** Empty: the device can't go out. */
  readonly parts: readonly ShownPart[];
  /** Why it, or a part of it, does not go out. */
  readonly notes: readonly string[];
  /** Whether the filter takes it. */
  readonly chosen: boolean;
}

export interface BridgePreview {
  readonly nodes: readonly PreviewNode[];
  /** What the words on this ecosystem are based on. */
  readonly basis: string;
}

/** All throw RangeError naming the field for bad input. */
export interface Bridges {
  list(): readonly BridgeStatus[];
  preview(wish: Pick<BridgeWish, "ecosystem" | "filter">): BridgePreview;
  /** Resolves when the bridge is online or failed, or after 25 s. It is open for pairing for 15 minutes. */
  add(wish: BridgeWish, by: string): Promise<BridgeStatus>;
  /** Undefined: there is no such bridge. */
  change(id: string, wish: BridgeWish, by: string): Promise<BridgeStatus | undefined>;
  /** Leaves all its controllers. False: there is no such bridge. */
  remove(id: string, by: string): boolean;
  /** Opens it for pairing for 15 minutes, or closes it. */
  open(id: string, open: boolean, by: string): Promise<BridgeStatus | undefined>;
  removeFabric(id: string, index: number, by: string): Promise<BridgeStatus | undefined>;
}

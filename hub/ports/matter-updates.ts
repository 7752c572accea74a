/** Updates of Matter devices: that there are any, and putting one on a device once a person says so. Implemented by shells. */
import type { NodeId } from "../model/path.ts";

export type MatterAnswer<T> =
  | { readonly ok: true; readonly value: T }
  /** `absent`: no Matter node of this hub. `refused`: the device or its network; the reason says what to try. */
  | { readonly ok: false; readonly why: "absent" | "refused"; readonly reason: string };

/** An update that fits a device. Its maker's word, all of it. */
export interface UpdateOffer {
  /** Matter's number of it, by which a person says yes to exactly this one. */
  readonly version: number;
  /** What people call it, e.g. `2.0.1`. */
  readonly words: string;
  /** Bytes of the file; undefined where the ledger does not say. */
  readonly size?: number;
  /** An https page about what is new. */
  readonly notes?: string;
  /** `folder`: a file that lies with this hub. `ledger`: the maker's, still to be fetched from the internet. */
  readonly source: "folder" | "ledger";
}

/** The last update that a person wanted for a device, as long as the hub runs. */
export interface UpdateRun {
  readonly state: "running" | "done" | "failed" | "cancelled";
  readonly version: number;
  readonly words: string;
  /** 0..1 */
  readonly done: number;
  /** The step, or why it failed, in words. */
  readonly detail: string;
  /** It can still be stopped: the device has not begun to put it in place. */
  readonly stoppable: boolean;
}

export interface DeviceUpdate {
  /** The device's version now, as people call it. */
  readonly words: string;
  /** Whether it can be updated through Matter at all. */
  readonly able: boolean;
  readonly offer?: UpdateOffer;
  readonly run?: UpdateRun;
}

/** A file that is no update. */
export interface BadUpdateFile {
  readonly file: string;
  /** As the end of "the file …". */
  readonly why: string;
}

export interface MatterUpdateList {
  /** Where a person puts update files. */
  readonly folder: string;
  /** Those devices for which there is an update, or on which one runs. */
  readonly devices: readonly (DeviceUpdate & { readonly node: NodeId })[];
  readonly badFiles: readonly BadUpdateFile[];
}

/** Nothing is ever put on a device before `apply`. */
export interface MatterUpdates {
  list(): MatterUpdateList;
  of(id: NodeId): MatterAnswer<DeviceUpdate>;
  /** Looks through the folder again and, where a person allowed it, asks the ledger. */
  look(id: NodeId): Promise<MatterAnswer<DeviceUpdate>>;
  /** Starts to put exactly this version on the device; the run and a job tell how it goes. */
  apply(id: NodeId, version: number, by: string): Promise<MatterAnswer<DeviceUpdate>>;
  stop(id: NodeId, by: string): Promise<MatterAnswer<true>>;
}

/** What a Homie device says of itself, whichever version said it. */

export interface HomieProperty {
  readonly node: string;
  readonly id: string;
  readonly name?: string | undefined;
  readonly datatype: string;
  readonly format: string;
  readonly unit?: string | undefined;
  readonly settable: boolean;
  /** False: a happening, which only counts when it comes. */
  readonly retained: boolean;
}

export interface HomieNode {
  readonly id: string;
  readonly name?: string | undefined;
  readonly type: string;
  readonly properties: readonly HomieProperty[];
}

export interface HomieTree {
  readonly version: string;
  readonly name?: string | undefined;
  readonly type: string;
  readonly parent?: string | undefined;
  /** The device whose loss takes this one with it (version 5). */
  readonly root?: string | undefined;
  readonly firmware?: string | undefined;
  readonly mac?: string | undefined;
  readonly nodes: readonly HomieNode[];
}

/** Most nodes of a device, and properties of a node; the rest are not kept. */
export const MAX_NODES = 128;
export const MAX_PROPERTIES = 128;

/** What versions 2 and 3 tell of the device's own health stands where a node would. */
export const STATS = "$stats";

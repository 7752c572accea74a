import type { ActionContext, Endpoint } from "@matter/main";
import type { Use } from "../recipe.ts";
import type { SceneValues } from "../scene.ts";
import type { Fields } from "../table.ts";

/** Who carries out what is asked of an endpoint. Throws a status for the one who asked. */
export interface Doer {
  /** Whether the device is within reach and its state is known. */
  readonly isHere: boolean;
  /** A recalled scene is on its way: the device's state runs towards it. */
  isMoving(endpoint: Endpoint): boolean;
  /** Resolves to the response of a command that has one. */
  invoke(use: Use, command: string, fields: Fields, context: ActionContext): Promise<Fields | undefined>;
  write(use: Use, attribute: string, wire: unknown, context: ActionContext): Promise<void>;
  recall(endpoint: Endpoint, values: SceneValues, seconds: number, context: ActionContext): Promise<void>;
}

interface Served {
  readonly doer: Doer;
  /** By the cluster's name. */
  readonly uses: ReadonlyMap<string, Use>;
}

const doers = new WeakMap<Endpoint, Served>();

export const serve = (endpoint: Endpoint, doer: Doer, uses: readonly Use[]): void => {
  doers.set(endpoint, { doer, uses: new Map(uses.map((use) => [use.cluster.cluster, use])) });
};

export const servedBy = (endpoint: Endpoint): Served | undefined => doers.get(endpoint);

import type { Run } from "./frame.ts";

/** What a filter is given. */
export interface Filtering {
  readonly run: Run;
  readonly value: unknown;
  readonly args: readonly unknown[];
  readonly named: ReadonlyMap<string, unknown>;
}

export type Filter = (filtering: Filtering) => unknown;

/** An argument by place or by name. */
export const arg = ({ args, named }: Filtering, index: number, name: string): unknown =>
  args[index] !== undefined ? args[index] : named.get(name);

import type { Command } from "./command.ts";
import type { NodeId } from "./path.ts";

/** Something that is wrong and what to do about it. Repeated, it stays one and is counted by its key. */
export interface Problem {
  /** Stable kebab-case word, e.g. `value-out-of-range`. */
  readonly code: string;
  readonly message: string;
  readonly fix?: string;
  /** What the hub can do about it itself, once a person says so: one command to the device. */
  readonly remedy?: { readonly label: string; readonly command: Command };
  readonly node?: NodeId;
  readonly topic?: string;
  readonly field?: string;
}

export interface Finding extends Problem {
  readonly count: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

/** Two problems with the same key are one finding. */
export const problemKey = (p: Problem): string => [p.code, p.node, p.topic, p.field].map((x) => x ?? "").join("|");

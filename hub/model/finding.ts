import type { Command, Outcome } from "./command.ts";
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
  /** What would have been right, in words, e.g. `a number from 0 to 100 %`. */
  readonly expected?: string;
  /** What was said, as it came; cut to 500 characters. */
  readonly sample?: string;
}

/** `new`: nobody looked at it. `accepted`: known, no news. `ignored`: not shown until it changes. `fixed`: over. */
export const findingStates = ["new", "accepted", "ignored", "fixed"] as const;
export type FindingState = (typeof findingStates)[number];

export interface Finding extends Problem {
  readonly key: string;
  readonly state: FindingState;
  readonly count: number;
  /** Epoch ms. */
  readonly firstAt: number;
  readonly lastAt: number;
  /** Who or what set the state, absent for one that is as it was found. */
  readonly settled?: { readonly by: string; readonly at: number; readonly why?: string };
  /** What it was before it was over by itself: that it is again when it comes back. */
  readonly before?: "new" | "accepted";
  /** The device's firmware when it was last seen: another one may have changed everything. */
  readonly firmware?: string;
  /** What became of the remedy, when a person last asked for it. */
  readonly tried?: { readonly by: string; readonly at: number; readonly outcome: Outcome };
}

const LIMITS = { message: 500, fix: 500, expected: 300, sample: 500, topic: 300, field: 200 } as const;

/** The problem with every text at its longest: what devices say has no length of its own. */
export function clipped(problem: Problem): Problem {
  const cut = Object.entries(LIMITS).flatMap(([name, most]) => {
    const text = problem[name as keyof typeof LIMITS];
    return text !== undefined && text.length > most ? [[name, `${text.slice(0, most - 1)}…`]] : [];
  });
  return cut.length === 0 ? problem : { ...problem, ...Object.fromEntries(cut) };
}

/** Two problems with the same key are one finding. The code and 64 bits of the rest: short, and safe in an address. */
export function problemKey(p: Problem): string {
  const text = JSON.stringify([p.code, p.node, p.topic, p.field]);
  return `${p.code.replace(/[^a-z0-9-]/gi, "").slice(0, 60)}-${hex(text, 0x811c9dc5)}${hex(text, 0x1000193)}`;
}

/** 32 bits of a text by the multiply and xor of FNV-1a (draft-eastlake-fnv), from a given start. */
function hex(text: string, start: number): string {
  let hash = start;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  // The last characters alone would move too few of the upper bits.
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return ((hash ^ (hash >>> 13)) >>> 0).toString(16).padStart(8, "0");
}

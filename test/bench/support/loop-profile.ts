/** What V8's profile of the main thread says of single stretches of time. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { LoopFigures } from "./loop-probe.ts";

interface Node {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly lineNumber: number };
  readonly children?: readonly number[];
}
interface Profile {
  readonly nodes: readonly Node[];
  readonly startTime: number;
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** Functions that are told of one stretch. */
const MOST_TOLD = 14;
/** Stretches that are told of one phase, the longest first. */
const MOST_TURNS = 4;

const nameOf = (node: Node): string => node.callFrame.functionName || "(anonymous)";

/** All functions that a sample is within, the outermost first. */
function stacks(profile: Profile): (id: number) => readonly string[] {
  const byId = new Map(profile.nodes.map((n) => [n.id, n]));
  const parent = new Map(profile.nodes.flatMap((n) => (n.children ?? []).map((c) => [c, n.id] as const)));
  const known = new Map<number, readonly string[]>();
  const stackOf = (id: number): readonly string[] => {
    const found = known.get(id);
    if (found) return found;
    const node = byId.get(id);
    const up = parent.get(id);
    const made = [...(up === undefined ? [] : stackOf(up)), ...(node ? [nameOf(node)] : [])];
    known.set(id, made);
    return made;
  };
  return stackOf;
}

function within(profile: Profile, from: number, to: number, stackOf: (id: number) => readonly string[]): string {
  const whole = new Map<string, number>();
  let at = profile.startTime;
  for (const [i, delta] of profile.timeDeltas.entries()) {
    at += delta;
    if (at < from || at > to) continue;
    for (const name of new Set(stackOf(profile.samples[i] ?? 0)))
      whole.set(name, (whole.get(name) ?? 0) + delta / 1000);
  }
  return [...whole]
    .filter(([name]) => name !== "(root)")
    .sort((a, b) => b[1] - a[1])
    .slice(0, MOST_TOLD)
    .map(([name, ms]) => `${name} ${ms.toFixed(0)}`)
    .join(", ");
}

/** The functions at work in each long stretch, with the ms in which they or what they called ran. */
export function inLongTurns(
  folder: string,
  pid: number,
  all: readonly { readonly name: string; readonly turns: LoopFigures["long"] }[],
): string {
  // CPU.DATE.TIME.PID.THREAD.N.cpuprofile; the main thread is 0.
  const file = readdirSync(folder).find((f) => new RegExp(`\\.${pid}\\.0\\.\\d+\\.cpuprofile$`).test(f));
  if (!file) return "no profile was left";
  const profile = JSON.parse(readFileSync(join(folder, file), "utf8")) as Profile;
  const stackOf = stacks(profile);
  return all
    .flatMap(({ name, turns }) =>
      [...turns]
        .sort((a, b) => b[2] - a[2])
        .slice(0, MOST_TURNS)
        .map(([from, to, own]) => `${name}, ${own.toFixed(0)} ms: ${within(profile, from, to, stackOf)}`),
    )
    .join("\n");
}

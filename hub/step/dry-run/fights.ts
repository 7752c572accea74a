/** Who wanted it otherwise while the rule would have had its way, or kept the rule from having it. */
import type { TrialFight } from "../../model/rule-trial.ts";
import { indexAt } from "../../rules/dry-run/view.ts";
import { agrees } from "../commands.ts";
import type { Ask } from "./asks.ts";
import { dayNamer } from "./day-name.ts";
import type { Otherwise } from "./devices.ts";
import type { Lived } from "./live.ts";
import type { Deed } from "./trial.ts";

/** What the rule asked for stands at most so long as its word. */
const STANDS_MS = 24 * 3_600_000;
/** Somebody at the device itself undoes a thing at once; much later it is another wish. */
const AT_ONCE_MS = 15 * 60_000;

interface One {
  readonly kind: TrialFight["kind"];
  readonly by: string;
  readonly at: number;
  readonly words: string;
}

export interface FightsFound {
  readonly fights: readonly TrialFight[];
  readonly days: ReadonlyMap<string, number>;
}

/** `name` gives the words for who it was. */
export function fightsOf(
  lived: Lived,
  deeds: readonly Deed[],
  name: (deed: Deed) => string,
  timeZone: string,
): FightsFound {
  const byTarget = new Map<string, Ask[]>();
  const askedAt = new Map<string, number[]>();
  for (const ask of lived.asks) {
    pushTo(byTarget, ask.target, ask);
    for (const [key] of ask.wants) pushTo(askedAt, key, ask.at);
  }
  const all = [
    ...deeds.flatMap((deed) => against(deed, byTarget, name)),
    ...lived.otherwise.flatMap((change) => atDevice(change, askedAt.get(change.key) ?? [], deeds)),
    ...lived.diary.hands.map((hand): One => ({ kind: "person", ...hand })),
  ];
  const days = new Map<string, number>();
  const dayAt = dayNamer(timeZone);
  const groups = new Map<string, One[]>();
  for (const one of all.sort((a, b) => a.at - b.at)) {
    const day = dayAt(one.at);
    days.set(day, (days.get(day) ?? 0) + 1);
    const key = `${one.kind} ${one.by}`;
    pushTo(groups, key, one);
  }
  const fights = [...groups.values()].flatMap((list): TrialFight[] => {
    const [first, last] = [list[0], list.at(-1)];
    if (!first || !last) return [];
    return [
      {
        ...{ kind: first.kind, by: first.by, count: list.length },
        ...{ firstAt: first.at, lastAt: last.at, example: last.words },
      },
    ];
  });
  return { fights: fights.sort((a, b) => b.count - a.count), days };
}

function pushTo<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** The last word of the rule on what a deed is about, and whether the two can't both be. */
function against(deed: Deed, byTarget: ReadonlyMap<string, readonly Ask[]>, name: (deed: Deed) => string): One[] {
  const ask = byTarget.get(deed.target ?? "")?.findLast((a) => a.at <= deed.at);
  if (!ask || deed.at - ask.at > STANDS_MS) return [];
  const differs = Object.entries(deed.wants).some(([key, value]) => {
    const wanted = ask.wants.find(([own]) => own === key)?.[1];
    return wanted !== undefined && !agrees(key, value, wanted);
  });
  return differs ? [{ kind: deed.kind, by: name(deed), at: deed.at, words: deed.words }] : [];
}

/** The past put it back soon after, and nobody is known to have asked for it. `asked`: when the rule asked for what is at a path. */
function atDevice(change: Otherwise, asked: readonly number[], deeds: readonly Deed[]): One[] {
  if (change.endedBy !== "past") return [];
  const near = (at: number): boolean => Math.abs(at - change.to) <= 2 * 60_000;
  if (deeds.some((d) => d.wants[change.key] !== undefined && near(d.at))) return [];
  const next = asked[indexAt(asked, change.to - 1) + 1];
  const again = next !== undefined && next - change.to <= AT_ONCE_MS;
  if (!again && change.to - change.from > AT_ONCE_MS) return [];
  const words = again
    ? "it changed by itself or by a hand at it, and the rule would have set it again"
    : "it was changed at the device soon after";
  return [{ kind: "device", by: "the device itself, or a hand at it", at: change.to, words }];
}

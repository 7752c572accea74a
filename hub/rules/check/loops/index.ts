/**
 * Rules that set one another off for ever through the home: by values of devices, the mode of the house, or starts. A circle that
 * asks for the same value each time calms down by itself and is none.
 */
import { askInWords } from "../ask-words.ts";
import type { Ask, Ruled } from "../asks.ts";
import type { Desk } from "../desk.ts";
import { type Found, warn } from "../found.ts";
import type { Space } from "../truths.ts";
import { circlesOf } from "./circles.ts";
import { canGoRound, isMoving } from "./endless.ts";
import { type Link, linksOf } from "./links.ts";

/** Circles whose conditions are looked at, the shortest first; beyond them nothing is claimed. */
const MAX_CIRCLES = 300;

interface Around {
  readonly space: Space;
  readonly rules: readonly Ruled[];
  readonly asks: (rule: Ruled) => readonly Ask[];
}

/** A circle through a rule; at most one is told. Yields where it may be interrupted. */
export function* loopOf({ space, rules, asks }: Around, own: Ruled): Generator<number, Found | undefined> {
  let left = MAX_CIRCLES;
  const links = yield* linksOf(space, rules, asks);
  for (const circle of circlesOf(links, own)) {
    yield 0;
    if (circle === "none yet" || !isMoving(circle)) continue;
    if (canGoRound(space, circle)) return loopFound(space.desk, own, circle);
    left -= 1;
    if (left === 0) return undefined;
  }
  return undefined;
}

function loopFound(desk: Desk, own: Ruled, links: readonly Link[]): Found {
  const [back, ...others] = links;
  const titles = [...new Set(others.map((l) => l.rule).filter((r) => r.id !== own.id))];
  const who =
    titles.length === 0
      ? "This rule sets itself off again and again"
      : `This rule and ${titles.map((r) => `"${r.title}"`).join(", ")} set each other off again and again`;
  const way = [...new Set(links.map((l) => askInWords(desk, l.ask)))].slice(0, 4).join(", then ");
  return warn("loop", back?.ask.field ?? "do", `${who}: ${way}, and so on without an end.`, {
    about: titles.map((r) => r.id),
  });
}

import type { Condition } from "../../../../model/rule/condition.ts";
import type { Step } from "../../../../model/rule/step.ts";
import { type Desk, miss, note, onlyKnows } from "../desk.ts";
import { filled, namesSet, without } from "../given.ts";
import { type Item, keyOf, listOf, numberOf, textOf } from "../item.ts";

interface Read {
  readonly sequence: (desk: Desk, item: Item | undefined) => readonly Step[];
  readonly wholeCondition: (desk: Desk, item: Item | undefined) => Condition | undefined;
}

/** Rounds of one that tells its round by name, each written out; steps of a rule. */
const MOST_WRITTEN = 20;
const MOST_STEPS = 50;

/** Steps again and again. */
export function repetition(desk: Desk, item: Item, read: Read): readonly Step[] | undefined {
  onlyKnows(desk, item, ["repeat"]);
  const repeat = keyOf(item, "repeat") ?? item;
  onlyKnows(desk, repeat, ["count", "while", "until", "for_each", "sequence"]);
  const count = keyOf(repeat, "count");
  const times = count && numberOf(filled(desk, count));
  const each = keyOf(repeat, "for_each");
  if (each) return forEach(desk, item, filled(desk, each).list, read);
  const body = keyOf(repeat, "sequence");
  if (times !== undefined && body && asksRound(body))
    return forEach(
      desk,
      item,
      Array.from({ length: Math.min(times, MOST_WRITTEN + 1) }, () => item),
      read,
    );
  // What a round gives another value is not known in the next.
  desk.given = without(desk, desk.given, namesSet(listOf(body)));
  const steps = read.sequence(desk, body);
  if (steps.length === 0) return undefined;
  if (!count) return whileSo(desk, item, repeat, steps, read);
  const fits = times !== undefined && Number.isInteger(times) && times >= 1 && times <= 1000;
  return fits
    ? [{ kind: "repeat", times, do: steps }]
    : miss(desk, count, "How often is not written in the file, or more than 1,000 times.");
}

const asksRound = (item: Item): boolean =>
  /\brepeat\.(index|item|first|last)/.test(textOf(item) ?? "") ||
  [...(item.map?.values() ?? []), ...(item.list ?? [])].some(asksRound);

/** Each round written out, with what it is about in its place. */
function forEach(desk: Desk, item: Item, all: readonly Item[] | undefined, { sequence }: Read) {
  if (!all) return miss(desk, item, "What it is repeated for is worked out by a template.");
  if (all.length > MOST_WRITTEN) return miss(desk, item, `It is repeated for more than ${MOST_WRITTEN} things.`);
  const before = desk.given;
  const steps = all.flatMap((one, i) => {
    const line = item.line;
    const round = { index: i + 1, first: i === 0, last: i === all.length - 1 };
    const told = Object.entries(round).map(([name, scalar]): [string, Item] => [name, { line, scalar }]);
    desk.given = new Map(desk.given).set("repeat", { line, map: new Map([...told, ["item", one]]) });
    return sequence(desk, keyOf(keyOf(item, "repeat"), "sequence"));
  });
  desk.given = before;
  if (steps.length <= MOST_STEPS) return steps;
  return miss(desk, item, `Written out, its rounds have more than ${MOST_STEPS} steps.`);
}

/** `{{ repeat.index <= 6 }}` beside other conditions: six rounds at most. */
const ROUNDS = /^\{\{-?\s*repeat\.index\s*(<=?)\s*(\d{1,4})\s*-?\}\}$/;

function whileSo(desk: Desk, item: Item, repeat: Item, steps: readonly Step[], { wholeCondition }: Read) {
  const given = keyOf(repeat, "while", "until");
  const before = desk.misses.length;
  const limits = listOf(keyOf(repeat, "while")).map((one) =>
    ROUNDS.exec(textOf(keyOf(one, "value_template") ?? one) ?? ""),
  );
  const [limit] = limits.flatMap((one) => (one ? [Number(one[2]) - (one[1] === "<" ? 1 : 0)] : []));
  const rest = listOf(given).filter((_, i) => !limits[i]);
  const condition = rest.length > 0 ? wholeCondition(desk, { line: given?.line ?? item.line, list: rest }) : undefined;
  const bounded = limit === undefined || limit < 1 || limit > 1000 ? undefined : limit;
  if (rest.length === 0 && bounded !== undefined) return [{ kind: "repeat" as const, times: bounded, do: steps }];
  if (!condition || (limit !== undefined && bounded === undefined))
    return desk.misses.length > before ? undefined : miss(desk, item, "What ends it could not be translated whole.");
  if (bounded === undefined) note(desk, item, "It ends after 1,000 rounds at the latest.");
  const rounds = bounded === undefined ? {} : { times: bounded };
  if (keyOf(repeat, "while")) return [{ kind: "repeat" as const, while: condition, ...rounds, do: steps }];
  // Once, and then as long as it is not so yet.
  return [...steps, { kind: "repeat" as const, while: { kind: "not" as const, of: condition }, do: steps }];
}

/**
 * What is said of conditions, held against what they come to in every state of a small home, by the evaluator itself. More of them:
 * INGLENOOK_CHECK_LAWS=3000 npx vitest run test/rules/check/laws.test.ts
 */
import { expect, test } from "vitest";
import type { Value } from "../../../hub/model/capability.ts";
import { modesOf } from "../../../hub/model/house.ts";
import type { Condition, SunMoment } from "../../../hub/model/rule/condition.ts";
import { checkDraft } from "../../../hub/rules/check/index.ts";
import { evaluate } from "../../../hub/rules/evaluate.ts";
import type { Picture } from "../../../hub/rules/picture.ts";
import { selectFrom } from "../../../hub/rules/select.ts";
import { sunElevation } from "../../../hub/rules/time/elevation.ts";
import { sunOfLocalDay } from "../../../hub/rules/time/sun.ts";
import { type Dice, diceOf } from "./generate.ts";
import { contextOf, draft, homeOf, house, kept, person, settings } from "./home.ts";
import * as s from "./say.ts";

const home = homeOf([
  ["lamp", "a", "Lamp a", "Hall"],
  ["lamp", "b", "Lamp b", "Hall"],
  ["lamp", "x", "Lamp x", "Hall"],
  ["climate", "c", "Climate", "Hall"],
]);
const TEMPERATURE = "temperatureMeasurement.measuredValue";
const ROUNDS = Number(process.env.INGLENOOK_CHECK_LAWS ?? 250);

type Thing = "a" | "b" | "c" | "mode" | "anna" | "ben" | "price" | "moment";
type State = Readonly<Record<Thing, Value>>;

const hour = 3_600_000;
/** Each third hour of a week in each season, and around the changes of the clock nothing. */
const moments = [
  Date.UTC(2026, 0, 11, 23),
  Date.UTC(2026, 3, 12, 22),
  Date.UTC(2026, 6, 12, 22),
  Date.UTC(2026, 9, 11, 22),
].flatMap((from) => Array.from({ length: 56 }, (_, i) => from + i * 3 * hour));
const values: Readonly<Record<Thing, readonly Value[]>> = {
  ...{ a: [true, false], b: [true, false], anna: [true, false], ben: [true, false] },
  ...{
    c: [-50, 9.9, 10, 10.1, 15, 19.9, 20, 20.1, 60],
    price: [-1, 0.1, 0.15, 0.2, 0.3],
    mode: modesOf(house),
    moment: moments,
  },
};

const fact = (dice: Dice): readonly [Thing[], Condition] => {
  const made: readonly [() => readonly [Thing[], Condition], ...(() => readonly [Thing[], Condition])[]] = [
    () => ((id: "a" | "b") => [[id], s.isOn(id, dice.chance(0.5))] as const)(dice.of(["a", "b"])),
    () => [
      ["a", "b"],
      s.state({ nodes: ["a", "b"] }, "onOff.onOff", dice.of(["=", "!="]), dice.chance(0.5), {
        every: dice.chance(0.5),
      }),
    ],
    () => [["c"], s.state(s.dev("c"), TEMPERATURE, dice.of(["<", "<=", ">", ">=", "=", "!="]), dice.of([10, 20]))],
    () => [
      ["c"],
      {
        kind: "formula",
        is: { op: dice.of(["<", ">=", ">"]), of: [dice.of([10, 20]), { read: TEMPERATURE, target: s.dev("c") }] },
      },
    ],
    () => [
      ["mode"],
      s.mode(...(dice.of([["home"], ["away", "night"], ["home", "guests", "holiday"], ["away"]]) as [string])),
    ],
    () => [["anna", "ben"], s.home(dice.of(["anyone", "everyone", "anna", "Ben"]), dice.chance(0.5))],
    () => [["price"], { kind: "priceBelow", perKwh: dice.of([0.1, 0.2]) }],
    () => [
      ["price"],
      {
        kind: "formula",
        is: {
          op: "and",
          of: [
            { op: ">", of: [{ now: "price" }, 0.1] },
            { op: "!=", of: [{ now: "price" }, 0.3] },
          ],
        },
      },
    ],
    () => [
      ["moment"],
      s.between(
        dice.of(["00:00", "06:00", "18:00"]),
        dice.of(["03:00", "12:00", "21:00"]),
        dice.chance(0.5)
          ? dice.of([
              [1, 2],
              [3, 4, 5],
              [6, 7],
            ])
          : undefined,
      ),
    ],
    () => [["moment"], { kind: "formula", is: { op: dice.of(["<", ">="]), of: [{ now: "hour" }, dice.of([6, 12])] } }],
    () => [["moment"], { kind: "formula", is: { op: dice.of(["<", "="]), of: [{ now: "weekday" }, dice.of([3, 6])] } }],
    () => [
      ["moment"],
      { kind: "date", from: dice.of(["01-01", "06-01", "09-01"]), to: dice.of(["02-28", "08-31", "12-31"]) },
    ],
    () => {
      if (dice.chance(0.5)) return [["moment"], { kind: "sun", is: dice.of(["up", "down"]) }];
      const moment = (): SunMoment => ({
        event: dice.of(["dawn", "sunrise", "noon", "sunset", "dusk"] as const),
        offsetMinutes: dice.of([-90, 0, 90]),
      });
      return [["moment"], { kind: "sunBetween", from: moment(), ...(dice.chance(0.5) ? { to: moment() } : {}) }];
    },
  ];
  return dice.of(made)();
};

function someTree(dice: Dice, depth: number): readonly [Thing[], Condition] {
  if (depth === 0 || dice.chance(0.25)) return fact(dice);
  if (dice.chance(0.2)) {
    const [things, c] = someTree(dice, depth - 1);
    return [things, s.not(c)];
  }
  const parts = Array.from({ length: 2 + dice.below(2) }, () => someTree(dice, depth - 1));
  return [parts.flatMap(([things]) => things), { kind: dice.of(["all", "all", "any"]), of: parts.map(([, c]) => c) }];
}

/** Every state of the things that matter. */
function* states(things: readonly Thing[]): Generator<State> {
  const first: State = {
    a: false,
    b: false,
    c: 15,
    mode: "home",
    anna: true,
    ben: true,
    price: 0.15,
    moment: moments[0] ?? 0,
  };
  function* rest(from: State, [thing, ...more]: readonly Thing[]): Generator<State> {
    if (thing === undefined) yield from;
    else for (const value of values[thing]) yield* rest({ ...from, [thing]: value }, more);
  }
  yield* rest(first, things);
}

function pictureOf(state: State): Picture {
  const now = Number(state.moment);
  const held: Readonly<Record<string, Value>> = { a: state.a, b: state.b, c: state.c };
  return {
    ...{ now, timeZone: settings.timeZone, memory: new Map() },
    known: (key) => ({ status: "known", value: held[key.slice(0, 1)] ?? 0, at: now, source: "" }),
    price: () => Number(state.price),
    surplusW: () => undefined,
    select: (target, capability) => selectFrom(home, target, capability, (id) => home.nodes.get(id)),
    house: {
      ...house,
      mode: String(state.mode),
      people: [
        { ...person("anna", "Anna"), home: state.anna === true },
        { ...person("ben", "Ben"), home: state.ben === true },
      ],
    },
    sunElevation: (at) => sunElevation(at, settings),
    sunDay: (at) => sunOfLocalDay(at, settings),
  };
}

const isSo = (c: Condition, state: State): boolean => evaluate(c, pictureOf(state), "").holds === true;
const usesSun = (c: Condition): boolean => JSON.stringify(c).includes('"sun');

test("what is said to be never or always so is, and what is so is said", () => {
  const dice = diceOf(11);
  let [never, neverSaid, always, alwaysSaid] = [0, 0, 0, 0];
  for (let round = 0; round < ROUNDS; round++) {
    const [all, condition] = someTree(dice, 2);
    const things = [...new Set(all)];
    if (things.length > 3) continue;
    let [yes, no] = [false, false];
    for (const state of states(things)) {
      if (isSo(condition, state)) yes = true;
      else no = true;
      if (yes && no) break;
    }
    const said = checkDraft(draft(s.during(condition, s.on(s.dev("x")))), contextOf(home)).filter(
      (p) => p.field === "while",
    );
    const words = JSON.stringify(condition);
    // Seldom hours of the sun lie between the moments that are looked at.
    if (yes)
      expect(
        said.map((p) => p.code),
        words,
      ).not.toContain("never");
    if (no)
      expect(
        said.map((p) => p.code),
        words,
      ).not.toContain("always");
    if (usesSun(condition)) continue;
    if (!yes) never += 1;
    if (!yes && said.some((p) => p.code === "never")) neverSaid += 1;
    if (!no) always += 1;
    if (!no && said.some((p) => p.code === "always")) alwaysSaid += 1;
    if ((!yes || !no) && said.length === 0) console.info(`not said: ${words}`);
  }
  console.info(`never so: ${neverSaid} of ${never} said; always so: ${alwaysSaid} of ${always} said`);
  expect(never).toBeGreaterThan(5);
  expect(neverSaid).toBeGreaterThanOrEqual(0.98 * never);
  expect(alwaysSaid).toBeGreaterThanOrEqual(0.98 * always);
}, 600_000);

test("two rules are said to fight exactly where both hold in some state of the home", () => {
  const dice = diceOf(12);
  let [fights, said, blamed, peace] = [0, 0, 0, 0];
  for (let round = 0; round < ROUNDS; round++) {
    const [one, mine] = someTree(dice, 1);
    const [two, other] = someTree(dice, 1);
    const things = [...new Set([...one, ...two])];
    if (things.length > 3) continue;
    let both = false;
    for (const state of states(things)) {
      both = isSo(mine, state) && isSo(other, state);
      if (both) break;
    }
    const context = contextOf(home, { rules: [kept(s.during(other, s.off(s.dev("x"))))] });
    const told = checkDraft(draft(s.during(mine, s.on(s.dev("x")))), context).some((p) => p.code === "fight");
    if (both) {
      fights += 1;
      if (told) said += 1;
      else console.info(`not said: ${JSON.stringify([mine, other])}`);
    } else if (!usesSun(mine) && !usesSun(other)) {
      peace += 1;
      if (told) blamed += 1;
      if (told) console.info(`blamed: ${JSON.stringify([mine, other])}`);
    }
  }
  console.info(`fights: ${said} of ${fights} said; ${blamed} of ${peace} that are none were blamed`);
  expect(said).toBe(fights);
  expect(peace).toBeGreaterThan(10);
  expect(blamed).toBeLessThanOrEqual(0.01 * peace);
}, 600_000);

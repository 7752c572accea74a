/** What is switched on, or opened, and by nothing switched off again. */

import { pathKey } from "../../../model/path.ts";
import type { Expression } from "../../../model/rule/expression.ts";
import type { EventRule, RuleDraft } from "../../../model/rule/rule.ts";
import { listsIn, type Step } from "../../../model/rule/step.ts";
import type { Spot } from "../../picture.ts";
import type { Ask } from "../asks.ts";
import type { Desk } from "../desk.ts";
import { type Change, type Found, listed, warn } from "../found.ts";
import type { Danger } from "./danger.ts";
import { isHot, isWater } from "./devices.ts";

const HEAT_MINUTES = 120;
const WATER_MINUTES = 15;
/** A boost that is longer than this is one without an end. */
const MAX_BOOST_S = 86_400;

export function endFaults(danger: Danger): readonly Found[] {
  return [...heat(danger), ...water(danger), ...boost(danger)];
}

function heat(danger: Danger): readonly Found[] {
  const on = danger.asks.filter(
    (a) => a.capability === "onOff" && a.value === true && a.spot && isHot(danger.desk, a.spot),
  );
  const text = (who: string) => `Nothing turns ${who} off again: it stays hot for as long as nobody does.`;
  return endless(danger, on, {
    code: "heat-without-end",
    command: "off",
    minutes: HEAT_MINUTES,
    text,
    verb: "turn it off",
  });
}

function water(danger: Danger): readonly Found[] {
  const { desk, asks } = danger;
  const switched = asks.filter((a) => a.capability === "onOff" && a.value === true && a.spot && isWater(desk, a.spot));
  const text = (who: string) => `Nothing closes ${who} again: the water runs for as long as nobody does.`;
  const valves = asks.filter(
    (a) =>
      a.capability === "valveConfigurationAndControl" &&
      a.command === "open" &&
      a.args.openDuration === undefined &&
      !closesItself(desk, a),
  );
  return [
    ...endless(danger, switched, {
      code: "water-without-end",
      command: "off",
      minutes: WATER_MINUTES,
      text,
      verb: "turn it off",
    }),
    ...endless(danger, valves, {
      code: "water-without-end",
      command: "close",
      minutes: WATER_MINUTES,
      text,
      verb: "close it",
    }),
  ];
}

/** A duration worked out then is one; so is the one that the valve has by itself. */
function closesItself(desk: Desk, { spot, args }: Ask): boolean {
  if (Object.hasOwn(args, "openDuration")) return true;
  const node = spot && desk.context.home.nodes.get(spot.node);
  const key =
    spot && pathKey({ ...spot, capability: "valveConfigurationAndControl", attribute: "defaultOpenDuration" });
  const held = key === undefined ? undefined : node?.values.get(key)?.value;
  return typeof held === "number" && held > 0;
}

interface End {
  readonly code: string;
  readonly command: string;
  readonly minutes: number;
  readonly text: (who: string) => string;
  readonly verb: string;
}

/** One finding for each step that leaves something on. */
function endless({ desk, draft, asks, ended }: Danger, starts: readonly Ask[], end: End): readonly Found[] {
  const open = starts.filter((ask) => !endsItself(ask, asks) && !ended(ask) && !putsBack(desk, draft, ask));
  return [...new Set(open.map((a) => a.field))].map((field) => {
    const here = open.filter((a) => a.field === field);
    const nodes = [...new Set(here.flatMap((a) => a.spot?.node ?? []))];
    const capability = here[0]?.capability ?? "onOff";
    const change = fixOf({ draft, nodes, capability, end });
    const after =
      draft.form === "while"
        ? `${end.verb} when that ends`
        : `and ${end.verb} after ${end.minutes >= 60 ? `${end.minutes / 60} hours` : `${end.minutes} minutes`}`;
    return warn(end.code, field, end.text(listed(nodes.map(desk.name), 3)), {
      about: nodes,
      fix: change && { text: after, change },
    });
  });
}

/** The rule itself ends it: later in its steps, in another branch that a later start takes, or when its condition turns. */
function endsItself(start: Ask, asks: readonly Ask[]): boolean {
  const place = asks.indexOf(start);
  return asks.some((a, i) => {
    if (a.thing !== start.thing || a.value === start.value || (a.value === undefined && !a.turns)) return false;
    return start.way === "do" ? i > place || isOtherBranch(start.field, a.field) : a.way !== start.way;
  });
}

/** Whether two steps part ways in a choice. */
function isOtherBranch(a: string, b: string): boolean {
  const [left, right] = [a.split("."), b.split(".")];
  const at = left.findIndex((part, i) => part !== right[i]);
  return at > 0 && (left[at - 1] === "options" || left[at] === "otherwise" || right[at] === "otherwise");
}

/** Only on again what was on when the rule began: by the variable that noted it. That is no heat that the rule begins. */
function putsBack(desk: Desk, draft: RuleDraft, { field, spot }: Ask): boolean {
  if (draft.form !== "when" || !spot) return false;
  let at: unknown = draft;
  for (const key of field.split(".")) {
    const condition: unknown = isObject(at) ? Reflect.get(at, "if") : undefined;
    const is: unknown = isObject(condition) ? Reflect.get(condition, "is") : undefined;
    const name: unknown = at !== draft && isObject(is) ? Reflect.get(is, "variable") : undefined;
    const noted = typeof name === "string" ? notedIn(draft, name) : [];
    const read = noted.filter((e) => e !== false);
    if (read.length > 0 && read.every((e) => isReadOf(desk, e, spot))) return true;
    at = isObject(at) ? Reflect.get(at, key) : undefined;
  }
  return false;
}

/** What a variable is ever noted as. */
function notedIn(draft: EventRule, name: string): readonly Expression[] {
  const setIn = (steps: readonly Step[]): readonly Expression[] =>
    steps.flatMap((s) => {
      if (s.kind === "set") return s.variable === name ? [s.to] : [];
      return listsIn(s).flatMap(setIn);
    });
  const first = Object.entries(draft.variables ?? {}).flatMap(([key, e]) => (key === name ? [e] : []));
  return [...first, ...setIn(draft.do)];
}

const isReadOf = (desk: Desk, e: Expression, spot: Spot): boolean =>
  typeof e === "object" &&
  "read" in e &&
  e.read === "onOff.onOff" &&
  desk.spots(e.target, "onOff").every((s) => s.node === spot.node && s.endpoint === spot.endpoint);

const isObject = (part: unknown): part is object => typeof part === "object" && part !== null;

function fixOf({
  draft,
  nodes,
  capability,
  end,
}: Pick<Danger, "draft"> & { nodes: readonly string[]; capability: string; end: End }): Change | undefined {
  const off: Step = { kind: "command", target: { nodes }, capability, command: end.command };
  if (draft.form === "while") return [{ at: "otherwise", value: [...(draft.otherwise ?? []), off] }];
  return [{ at: "do", value: [...draft.do, { kind: "wait", minutes: end.minutes }, off] }];
}

function boost({ desk, asks }: Danger): readonly Found[] {
  return asks.flatMap((a): Found[] => {
    const { duration } = a.args;
    if (a.command !== "boost" || typeof duration !== "number" || duration <= MAX_BOOST_S) return [];
    const who = a.spot ? desk.name(a.spot.node) : "";
    const fix = {
      text: `end it after ${HEAT_MINUTES / 60} hours`,
      change: [{ at: `${a.field}.args.duration`, value: HEAT_MINUTES * 60 }],
    };
    return [
      warn("heat-without-end", a.field, `${who} is boosted for more than a day: it has hardly an end.`, {
        fix,
        about: a.spot ? [a.spot.node] : [],
      }),
    ];
  });
}

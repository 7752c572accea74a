/** A policy as the rules that it amounts to: of each device all that it may ever ask. */
import { pathKey } from "../../../model/path.ts";
import type { Condition, Rule, RuleAction } from "../../../model/plan.ts";
import type { Policy } from "../../../model/policy.ts";
import { writesOf } from "../../../rules/check/writes.ts";
import type { Demanded } from "../../goals/demand.ts";
import type { Block } from "../../schedule/schedule.ts";
import { MOST_C } from "../../static-checks.ts";
import { ALWAYS, rule } from "../../strategies/strategy.ts";
import type { Steered } from "../devices.ts";
import { rulesOf } from "../enact.ts";

/** All that a block of a schedule can be; what means nothing to a device asks the same as another. */
const MODES: readonly Block["mode"][] = [
  ...(["chargeFromGrid", "followLoad", "hold", "dischargeToGrid"] as const),
  ...(["off", "on", "sun", "free", "curtailed"] as const),
];
const HOUR_MS = 3_600_000;

/** What a room may be heated to: the bands that goals ask for, degC. Elsewhere no limit changes what is asked for. */
const limitsOf = (device: Steered, demands: readonly Demanded[]): readonly number[] =>
  device.kind === "room"
    ? demands.flatMap(({ demand }) =>
        demand.kind === "roomBand" && demand.room === device.part.room
          ? [demand.lowC, demand.highC].flatMap((degrees) => (degrees === undefined ? [] : Math.min(MOST_C, degrees)))
          : [],
      )
    : [];

/** Each command once that a schedule could come to for a device, told by what carries schedules out. */
function everyAsk(device: Steered, limits: readonly number[]): readonly RuleAction[] {
  const stretch = { device: device.part.node, first: 0, last: 0, from: 0, to: HOUR_MS, kwh: 1 };
  const blocks = MODES.flatMap((mode) => [
    { ...stretch, mode },
    ...limits.map((limit): Block => ({ ...stretch, mode, limit })),
  ]);
  // What is held back is held back for a start.
  const start: Block = { ...stretch, from: HOUR_MS, to: 2 * HOUR_MS, mode: "on" };
  const rules = rulesOf({ id: "", title: "" }, { at: 0, blocks: [...blocks, start] }, [device], () => "");
  const asked = rules.flatMap((r) => [...r.then, ...(r.otherwise ?? [])]);
  return [...new Map(asked.map((action) => [JSON.stringify(action), action])).values()];
}

/** Asked for again whenever it is not so: that is what planning anew each hour comes to. */
function unlessSo(action: RuleAction): Condition {
  const open = writesOf(action).flatMap(({ attribute, value, turns }): Condition[] =>
    value === undefined || turns ? [] : [{ kind: "compare", path: pathKey({ ...action, attribute }), op: "!=", value }],
  );
  return open.length === 0 ? ALWAYS : { kind: "any", of: open };
}

/** One rule for each thing that a policy may ask for: what may be, not what will be, so that they are no contrary of one another. */
export const standingRules = (
  policy: Pick<Policy, "id" | "title">,
  devices: readonly Steered[],
  demands: readonly Demanded[],
): readonly Rule[] =>
  devices.flatMap((device) =>
    everyAsk(device, limitsOf(device, demands)).map((action, i) => ({
      ...rule(`${policy.id}-may-${device.part.node}-${i}`, policy.title, unlessSo(action), [action]),
      plan: policy.id,
    })),
  );

/** Parts of rules in few words. */
import type { Condition } from "../../../hub/model/rule/condition.ts";
import type { Expression } from "../../../hub/model/rule/expression.ts";
import type { CommandStep, Step } from "../../../hub/model/rule/step.ts";
import type { Target } from "../../../hub/model/rule/target.ts";
import type { Trigger } from "../../../hub/model/rule/trigger.ts";

export const dev = (...nodes: string[]): Target => ({ nodes });
export const inRoom = (room: string, kind: string): Target => ({ rooms: [room], kinds: [kind] });

export function cmd(target: Target, name: string, args?: Record<string, Expression>): CommandStep {
  const [capability = "", command = ""] = name.split(".");
  return { kind: "command", target, capability, command, ...(args ? { args } : {}) };
}
export const on = (target: Target): CommandStep => cmd(target, "onOff.on");
export const off = (target: Target): CommandStep => cmd(target, "onOff.off");
export const heatTo = (target: Target, degrees: Expression): CommandStep =>
  cmd(target, "thermostat.set", { occupiedHeatingSetpoint: degrees });
export const wait = (minutes: number): Step => ({ kind: "wait", minutes });
export const notify = (title: string): Step => ({ kind: "notify", title });

export const becomes = (
  target: Target,
  of: string,
  to?: number | boolean | string,
  forMinutes?: number,
  id?: string,
): Trigger => ({
  ...{ kind: "becomes", target, of },
  ...(to === undefined ? {} : { to }),
  ...(forMinutes === undefined ? {} : { forMinutes }),
  ...(id === undefined ? {} : { id }),
});
export const moves = (id: string): Trigger => becomes(dev(id), "occupancySensing.occupancy", true);
export const rests = (id: string, minutes: number): Trigger =>
  becomes(dev(id), "occupancySensing.occupancy", false, minutes);
export const pressed = (id: string, how = "singlePress", name?: string): Trigger => ({
  ...{ kind: "event", target: dev(id), of: "switch.event", is: how },
  ...(name ? { id: name } : {}),
});
export const crosses = (
  target: Target,
  of: string,
  limits: { above?: number; below?: number; forMinutes?: number },
): Trigger => ({ kind: "crosses", target, of, ...limits });
export const at = (time: string, more: object = {}): Trigger => ({ kind: "time", at: time, ...more });
export const sun = (event: "sunrise" | "sunset", offsetMinutes = 0): Trigger => ({ kind: "sun", event, offsetMinutes });

type Op = "<" | "<=" | "=" | ">=" | ">" | "!=";
export const state = (
  target: Target,
  of: string,
  op: Op,
  value: number | boolean | string,
  more: object = {},
): Condition => ({ kind: "state", target, of, op, value, ...more });
export const isOn = (id: string, yes = true): Condition => state(dev(id), "onOff.onOff", "=", yes);
export const isMoving = (id: string, yes = true): Condition => state(dev(id), "occupancySensing.occupancy", "=", yes);
export const between = (from: string, to: string, weekdays?: number[]): Condition => ({
  kind: "between",
  from,
  to,
  ...(weekdays ? { weekdays } : {}),
});
export const mode = (...names: string[]): Condition => ({ kind: "mode", in: names });
export const home = (who = "anyone", is = true): Condition => ({ kind: "presence", who, home: is });
export const all = (...of: Condition[]): Condition => ({ kind: "all", of });
export const any = (...of: Condition[]): Condition => ({ kind: "any", of });
export const not = (of: Condition): Condition => ({ kind: "not", of });

export const when = (onWhat: Trigger | Trigger[], steps: Step | Step[], more: object = {}) => ({
  ...{ form: "when", on: [onWhat].flat(), do: [steps].flat() },
  ...more,
});
export const during = (
  condition: Condition,
  keep: CommandStep | CommandStep[],
  otherwise?: CommandStep | CommandStep[],
  more: object = {},
) => ({
  ...{ form: "while", while: condition, keep: [keep].flat() },
  ...(otherwise ? { otherwise: [otherwise].flat() } : {}),
  ...more,
});

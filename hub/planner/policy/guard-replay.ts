/**
 * What the guard of the power does in a replay, whose steps are quarter hours: the core lowers devices within minutes, so here they are held
 * to what is left of a step beside all else in it. Water is left to heat: it is the smallest, and the last to be asked.
 */
import type { PowerGuard } from "../../model/guard.ts";
import type { NodeId } from "../../model/path.ts";
import type { RuleAction } from "../../model/plan.ts";
import type { ReplaySetup } from "../../twin/replay.ts";
import type { Steered } from "./devices.ts";
import { MAINS_V } from "./enact.ts";

/** As much below what is allowed as the core aims at. */
const AIM = 0.97;

type Values = NonNullable<ReplaySetup["values"]>;

/** W that charged batteries can give. */
function givenBy({ devices }: PowerGuard, steered: readonly Steered[], values: Values): number {
  return devices.reduce((sum, d) => {
    const charge = d.kind === "battery" && d.charge ? values.get(d.charge.path) : undefined;
    const gives = d.kind === "battery" && d.charge && typeof charge === "number" && charge > d.charge.abovePercent + 1;
    return sum + (gives ? (steered.find((s) => s.part.node === d.node)?.model?.facts.dischargeW ?? 0) : 0);
  }, 0);
}

/** The most that is asked of a car, A; undefined where it is not to charge. */
function askedAmps(asked: readonly RuleAction[], mostA: number): number | undefined {
  const charges = asked.find((a) => a.command === "enableCharging");
  const amps = charges?.args.maximumChargeCurrent;
  return charges && (typeof amps === "number" ? amps : mostA);
}

/** Holds a device back beside `watts` of all else, as the core's guard would. `guard` is asked anew each time. */
export function heldInReplay(
  guard: () => PowerGuard | undefined,
  steered: readonly Steered[],
  values: Values,
): NonNullable<ReplaySetup["held"]> {
  return (node: NodeId, asked, watts) => {
    const now = guard();
    const device = now?.devices.find((d) => d.node === node);
    if (!now?.mean || !device) return undefined;
    const most = AIM * now.mean.kw * 1000;
    const [action] = asked;
    if (!action) return undefined;
    if (device.kind === "battery") {
      const { mode } = action.args;
      const charges = steered.find((s) => s.part.node === node)?.model?.facts.chargeW ?? 0;
      const flows = watts + (mode === "chargeFromGrid" ? charges : 0);
      if (mode === "followLoad" || flows <= most) return undefined;
      const gives = givenBy(now, steered, values) > 0;
      return { ...action, args: { ...action.args, mode: gives ? "followLoad" : "hold" } };
    }
    if (device.kind !== "car") return undefined;
    const amps = askedAmps(asked, device.steps?.mostA ?? Number.POSITIVE_INFINITY);
    if (amps === undefined) return undefined;
    const left = Math.floor((most + givenBy(now, steered, values) - watts) / (MAINS_V * device.phases));
    if (left >= amps) return undefined;
    const { endpoint, capability } = action;
    if (!device.steps || left < device.steps.leastA)
      return { node, endpoint, capability, command: "disable", args: {} };
    return { node, endpoint, capability, command: "enableCharging", args: { maximumChargeCurrent: left } };
  };
}

/** What is looked at before a policy is tried on the past, and again before it is approved: all that needs no replay. */
import type { Home } from "../../../model/home.ts";
import type { Policy, PolicyCheck } from "../../../model/policy.ts";
import { type CheckContext, holdingAgainst } from "../../../rules/check/index.ts";
import { inOneGo } from "../../../rules/in-one-go.ts";
import { goalMisfit } from "../../goal.ts";
import type { Demanded } from "../../goals/demand.ts";
import type { Names } from "../../names.ts";
import { forbidden, impossible } from "../../static-checks.ts";
import { type Devices, type Steered, steeredBy } from "../devices.ts";
import { limitMisfit } from "../limits.ts";
import { policyHash, uncalledFor } from "../propose.ts";
import { standingRules } from "./standing.ts";

export interface PolicyContext {
  readonly home: Home;
  readonly names: Names;
  /** What this home could let a policy steer. */
  readonly found: Devices;
  /** What the policy's goals demand of this home. */
  readonly demands: readonly Demanded[];
  /** The home's rules: of people, and of plans and policies that run. */
  readonly house: CheckContext;
  /** All policies of the home. */
  readonly policies: readonly Policy[];
  readonly sha256: (text: string) => string;
}

const MOST_GOALS = 20;
const MOST_DEVICES = 100;
const MOST_TEXT = 200;

const isLine = (text: string): boolean => text.trim() !== "" && text.length <= MOST_TEXT && !/\p{Cc}/u.test(text);

/** Whether it is what was shown at all: whole, of a sensible size, and not changed since. */
function misshapen(policy: Policy, { sha256 }: PolicyContext): string | undefined {
  if (!isLine(policy.title)) return `title: it must be one line of at most ${MOST_TEXT} characters`;
  const { goals, devices } = policy;
  if (goals.length === 0 || goals.length > MOST_GOALS) return `goals: there must be 1 to ${MOST_GOALS}`;
  if (devices.length === 0 || devices.length > MOST_DEVICES) return `devices: there must be 1 to ${MOST_DEVICES}`;
  const twice = devices.find((d, i) => devices.findIndex((o) => o.node === d.node) !== i);
  if (twice) return `devices: ${twice.name} is named twice`;
  if (policy.hash !== policyHash(policy, sha256))
    return "hash: it is not that of what the policy says: propose it anew";
  return undefined;
}

function missing(policy: Policy, { home, names, found }: PolicyContext): string | undefined {
  for (const goal of policy.goals) {
    const misfit = goalMisfit(goal, names);
    if (misfit) return `the goal "${goal.kind}" does not fit this home: ${misfit}`;
  }
  for (const { node, name } of policy.devices)
    if (!home.nodes.has(node)) return `${name}: there is no such device in this home`;
  for (const { node, endpoint, kind, name } of policy.devices) {
    const device = found.steered.find((d) => d.part.node === node && d.kind === kind);
    const why = found.leftOut.find((l) => l.node === node)?.reason;
    if (!device) return `${name}: ${why ?? `it can not be planned as a ${kind}`}`;
    if (device.part.endpoint !== endpoint) return `${name}: it has no endpoint ${endpoint} that could be steered`;
    if (device.part.name !== name) return `the device that it calls ${name} is ${device.part.name}: propose it anew`;
  }
  return undefined;
}

/** Why a policy may not steer what it names, whatever it saves. */
function notAllowed(policy: Policy, devices: readonly Steered[], context: PolicyContext): string | undefined {
  const { home, demands } = context;
  for (const device of devices) {
    const why = uncalledFor(device, policy, demands);
    if (why) return `${device.part.name}: ${why}`;
  }
  for (const { then } of standingRules(policy, devices, demands))
    for (const action of then) {
      const why = forbidden(action, home) ?? impossible(action, home);
      if (why) return why;
    }
  return undefined;
}

/** Another policy, or a plan, that steers one of the devices already. */
function taken(policy: Policy, { policies, house }: PolicyContext): string | undefined {
  const others = policies.filter((p) => p.id !== policy.id && p.state === "running");
  for (const { node, name } of policy.devices) {
    const other = others.find((p) => p.devices.some((d) => d.node === node));
    if (other) return `${name} is planned by "${other.title}" already: end that first`;
    const plan = house.planRules.find(
      (r) =>
        r.enabled &&
        r.plan !== policy.id &&
        !policies.some((p) => p.id === r.plan) &&
        [...r.then, ...(r.otherwise ?? [])].some((a) => a.node === node),
    );
    if (plan) return `${name} is steered by the plan "${plan.title}" already: end that first`;
  }
  return undefined;
}

/** In the order in which a person would ask; what stands after the first that fails may not have been looked at. Yields where it may be interrupted. */
export function* checkingPolicy(policy: Policy, context: PolicyContext): Generator<number, readonly PolicyCheck[]> {
  const checks: PolicyCheck[] = [];
  const passes = (name: string, why: string | undefined, fine: string): boolean => {
    checks.push({ name, ok: !why, detail: why ?? fine });
    return !why;
  };
  const devices = steeredBy(policy, context.found);
  if (!passes("whole", misshapen(policy, context), "it is exactly what its hash says")) return checks;
  const lacks = missing(policy, context) ?? (typeof devices === "string" ? devices : undefined);
  passes("exists", lacks, "every goal and device is of this home");
  if (lacks || typeof devices === "string") return checks;
  passes("permitted", notAllowed(policy, devices, context), "it may ask for everything that it could ask for");
  passes("limits", limitMisfit(policy.limits), "it has limits that the hub keeps");
  const mine = { ...context.house, planRules: context.house.planRules.filter((r) => r.plan !== policy.id) };
  const faults = yield* holdingAgainst(standingRules(policy, devices, context.demands), mine, { alternatives: true });
  passes("dangers", faults.danger, "nothing that it may ask for is dangerous");
  passes(
    "conflicts",
    taken(policy, context) ?? faults.conflict,
    "no rule, plan or other policy wants anything else of these devices",
  );
  if (faults.conflict === undefined) passes("loops", faults.loop, "it can not run in circles with your rules");
  return checks;
}

/** The same in one go. */
export const policyChecks = (policy: Policy, context: PolicyContext): readonly PolicyCheck[] =>
  inOneGo(checkingPolicy(policy, context));

/** Without what rules of people steer: of those two masters one would always lose. Yields where it may be interrupted. */
export function* leavingOutRuled(
  found: Devices,
  demands: readonly Demanded[],
  house: CheckContext,
): Generator<number, Devices> {
  const leftOut = [...found.leftOut];
  const steered: Steered[] = [];
  for (const device of found.steered) {
    const { node, name } = device.part;
    const rules = standingRules({ id: "policy", title: name }, [device], demands);
    const { conflict: reason } = yield* holdingAgainst(rules, { ...house, planRules: [] }, { alternatives: true });
    if (reason) leftOut.push({ node, name, reason });
    else steered.push(device);
  }
  return { steered, leftOut };
}

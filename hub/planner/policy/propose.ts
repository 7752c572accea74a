/** From goals to the policy that a person is asked to approve. */
import type { Goal } from "../../model/goal/index.ts";
import type { NodeId } from "../../model/path.ts";
import type { Assumptions, Policy, PolicyDevice, PolicyLimits } from "../../model/policy.ts";
import type { Demand, Demanded } from "../goals/demand.ts";
import { canonical } from "../hash.ts";
import { type Devices, namedIn, type Steered } from "./devices.ts";
import { USUAL_COMMANDS, USUAL_CYCLES } from "./limits.ts";

const kinds = (demands: readonly Demanded[]): ReadonlySet<Demand["kind"]> => new Set(demands.map((d) => d.demand.kind));

/** Whether the demands ask anything of a device. */
function calledFor({ kind, part, model }: Steered, demands: readonly Demanded[]): boolean {
  const mine = demands.some(({ demand }) => "node" in demand && demand.node === part.node);
  if (kind === "machine" && model) return mine;
  // Only where money counts: what is held back is lost.
  if (kind === "solar") return demands.some(({ demand }) => demand.kind === "least" && demand.what === "cost");
  if (kind === "room") return demands.some(({ demand }) => demand.kind === "roomBand" && demand.room === part.room);
  return mine || kinds(demands).has("least") || (kind === "battery" && kinds(demands).has("reserve"));
}

/** Somebody said to leave it alone, always. */
const leftAlone = (node: NodeId, demands: readonly Demanded[]): boolean =>
  demands.some(
    ({ demand, when }) =>
      demand.kind === "blocked" && demand.nodes.includes(node) && !demand.act && Object.keys(when).length === 0,
  );

const neverOff = (node: NodeId, demands: readonly Demanded[]): boolean =>
  demands.some(({ demand }) => demand.kind === "blocked" && demand.nodes.includes(node) && demand.act === "off");

/** A machine behind a plug that nobody spoke of: it would stand without power in the hours before its planned start. */
const unspoken = ({ kind, model }: Steered, demands: readonly Demanded[]): boolean =>
  kind === "machine" && model !== undefined && kinds(demands).has("least");

/** What may have the sun alone is steered by rules on the surplus, which need no plan. */
const sunOnly = (node: NodeId, demands: readonly Demanded[]): boolean =>
  demands.some(({ demand }) => demand.kind === "ownPowerOnly" && demand.node === node);

/** Why something that the demands call for is not to be planned; undefined when it is. */
function spared({ kind, part, model }: Steered, demands: readonly Demanded[]): string | undefined {
  if (leftAlone(part.node, demands)) return "you said to leave it alone";
  if (kind === "machine" && model && neverOff(part.node, demands))
    return "its start could only be moved by holding back its power, and you said never to switch it off";
  return kind === "car" && sunOnly(part.node, demands) ? "charging from the sun alone needs no plan" : undefined;
}

/** Why a policy of these demands may not steer a device, or not within its limits; undefined when it may. */
export function uncalledFor(
  device: Steered,
  { limits }: Pick<Policy, "limits">,
  demands: readonly Demanded[],
): string | undefined {
  if (!calledFor(device, demands)) return "none of these goals calls for steering it";
  if (device.kind === "battery" && sunOnly(device.part.node, demands) && !limits.noGridCharging)
    return "you said that it is charged from the sun alone, and nothing here keeps to that";
  return spared(device, demands);
}

export interface Draft {
  readonly id: string;
  readonly title: string;
  readonly goals: readonly Goal[];
  /** What they demand of this home. */
  readonly demands: readonly Demanded[];
  readonly by: string;
  readonly at: number;
  readonly assumptions: Assumptions;
}

/** What an approval names: all that the person reads, and nothing that changes by itself. */
export const policyHash = (
  policy: Pick<Policy, "title" | "goals" | "devices" | "limits">,
  sha256: (text: string) => string,
): string =>
  sha256(canonical({ title: policy.title, goals: policy.goals, devices: policy.devices, limits: policy.limits }));

/** A policy for these goals, or why there is none. */
export function policyFor(
  draft: Draft,
  found: Devices,
  sha256: (text: string) => string,
): Policy | { readonly none: string } {
  const { goals, demands } = draft;
  const leftOut: { name: string; reason: string }[] = [];
  const devices: PolicyDevice[] = [];
  for (const device of found.steered) {
    if (!calledFor(device, demands)) {
      if (unspoken(device, demands))
        leftOut.push({ name: device.part.name, reason: "say by when it is to be done: then its start can be moved" });
      continue;
    }
    const reason = spared(device, demands);
    if (reason) leftOut.push({ name: device.part.name, reason });
    else devices.push(namedIn(device));
  }
  for (const { node, name, reason } of found.leftOut)
    if (kinds(demands).has("least") || demands.some(({ demand }) => "node" in demand && demand.node === node))
      leftOut.push({ name, reason });
  if (devices.length === 0)
    return {
      none: leftOut[0] ? `${leftOut[0].name}: ${leftOut[0].reason}` : "no device of this home serves these goals",
    };
  const limits: PolicyLimits = {
    noGridCharging: devices.some((d) => d.kind === "battery" && sunOnly(d.node, demands)),
    commandsPerDay: USUAL_COMMANDS,
    ...(devices.some((d) => d.kind === "battery") ? { cyclesPerDay: USUAL_CYCLES } : {}),
  };
  const content = { title: draft.title, goals, devices, limits };
  return {
    ...content,
    id: draft.id,
    assumptions: draft.assumptions,
    hash: policyHash(content, sha256),
    state: "proposed",
    reason: "waits to be tried on this home's past",
    createdAt: draft.at,
    by: draft.by,
    leftOut,
  };
}

/** What preferences do to a proposal, and what hands on the devices of a running policy show. */
import { clockText, localTime } from "../../energy/clock.ts";
import type { NodeId } from "../../model/path.ts";
import type { Policy, PolicyLimits } from "../../model/policy.ts";
import type { AskedBlock, WatchedDay } from "../../model/policy-kept.ts";
import type { Preference, Preferred } from "../../model/preference.ts";
import type { Demanded } from "../goals/demand.ts";
import { strategies } from "../strategies/index.ts";
import type { Devices } from "./devices.ts";
import { policyHash } from "./propose.ts";

/** Days on which a person did the contrary before it is taken for a wish. */
const HAND_DAYS = 3;
/** Of so many days. */
const HANDS_MS = 14 * 86_400_000;

const standing = (preferences: readonly Preference[]): readonly Preference[] =>
  preferences.filter((p) => p.takenBackAt === undefined);

const namedBy = (node: NodeId, demands: readonly Demanded[]): boolean =>
  demands.some(({ demand }) => "node" in demand && demand.node === node && demand.kind !== "nothingIdle");

const alone = (preferences: readonly Preference[], node: NodeId): Preference | undefined =>
  standing(preferences).find((p) => p.what.kind === "leaveAlone" && p.what.node === node);

/** Without the devices that a person wants to be left alone, but for those that the wish itself names. */
export function withoutUnwanted<D extends { readonly part: { readonly node: NodeId; readonly name: string } }>(
  found: { readonly steered: readonly D[]; readonly leftOut: Devices["leftOut"] },
  demands: readonly Demanded[],
  preferences: readonly Preference[],
): { readonly steered: readonly D[]; readonly leftOut: Devices["leftOut"] } {
  const spared = found.steered.filter(
    ({ part }) => alone(preferences, part.node) !== undefined && !namedBy(part.node, demands),
  );
  const left = spared.map(({ part }) => ({
    ...{ node: part.node, name: part.name },
    reason: "you want it to be left alone, which you can take back under your preferences",
  }));
  return { steered: found.steered.filter((d) => !spared.includes(d)), leftOut: [...found.leftOut, ...left] };
}

function limited(limits: PolicyLimits, what: Preferred, hasBattery: boolean): PolicyLimits {
  if (what.kind !== "limit") return limits;
  if (what.limit === "commandsPerDay")
    return { ...limits, commandsPerDay: Math.min(what.most, limits.commandsPerDay ?? what.most) };
  if (!hasBattery) return limits;
  if (what.limit === "noGridCharging") return { ...limits, noGridCharging: true };
  return { ...limits, cyclesPerDay: Math.min(what.most, limits.cyclesPerDay ?? what.most) };
}

const ACTS = { on: "switched it on", off: "switched it off", set: "set it" } as const;

function asked({ what }: Preference, { devices }: Pick<Policy, "devices">): Policy["asks"] {
  if (what.kind === "notThis") {
    const same = devices.every((d) => what.nodes.includes(d.node));
    return same ? [{ words: "You refused a policy over the same devices before. Is it meant this time?" }] : [];
  }
  if (what.kind !== "askFirst" && what.kind !== "leaveAlone") return [];
  const device = devices.find((d) => d.node === what.node);
  if (!device) return [];
  if (what.kind === "leaveAlone")
    return [{ node: what.node, words: `You want ${device.name} to be left alone, and this wish names it.` }];
  const when = `between ${clockText(what.fromMinutes)} and ${clockText(what.toMinutes)}`;
  return [
    {
      node: what.node,
      words: `${device.name}: on ${what.days} days you ${ACTS[what.act]} by hand ${when}, against what was planned. Shall it be planned all the same?`,
    },
  ];
}

/** The proposal with the limits that people want always, and with what is to be asked before it is approved. */
export function preferred(
  policy: Policy,
  preferences: readonly Preference[],
  sha256: (text: string) => string,
): Policy {
  const all = standing(preferences);
  const hasBattery = policy.devices.some((d) => d.kind === "battery");
  const limits = all.reduce((sum, { what }) => limited(sum, what, hasBattery), policy.limits);
  const asks = all.flatMap((p) => asked(p, policy) ?? []);
  const made = { ...policy, limits, ...(asks.length > 0 ? { asks } : {}) };
  return { ...made, hash: policyHash(made, sha256) };
}

/** A preference in a sentence, without its full stop. */
export function preferenceInWords(what: Preferred, nameOf: (node: NodeId) => string): string {
  switch (what.kind) {
    case "leaveAlone":
      return `Leave ${nameOf(what.node)} alone, unless a wish names it`;
    case "limit":
      if (what.limit === "noGridCharging") return "Never charge the battery from the grid";
      return what.limit === "cyclesPerDay"
        ? `At most ${what.most} full cycles of a battery a day`
        : `At most ${what.most} commands a day`;
    case "askFirst": {
      const when = `between ${clockText(what.fromMinutes)} and ${clockText(what.toMinutes)}`;
      return `Ask before ${nameOf(what.node)} is planned again: on ${what.days} days you ${ACTS[what.act]} by hand ${when}, against the plan`;
    }
    case "notThisMeasure":
      return `Ask before ${nameOf(what.node)} is planned so again, and propose it last: you refused “${strategies.get(what.measure)?.label ?? what.measure}”`;
    case "notThis":
      return `Ask before ${what.nodes.map(nameOf).join(", ")} ${what.nodes.length === 1 ? "is" : "are"} planned again: you refused it`;
  }
}

/** A command that a person gave a device. */
export interface Hand {
  /** Epoch ms. */
  readonly at: number;
  readonly command: string;
}

const ONS: ReadonlySet<string> = new Set(["on", "enableCharging", "boost", "enable"]);
const OFFS: ReadonlySet<string> = new Set(["off", "disable", "cancelBoost"]);
const RUNS: ReadonlySet<string> = new Set(["on", "chargeFromGrid"]);
const RESTS: ReadonlySet<string> = new Set(["off", "hold"]);

/** What a hand did against what was planned at that moment; undefined where it went with it. */
function against({ command }: Hand, { mode }: AskedBlock): "on" | "off" | "set" | undefined {
  if (ONS.has(command)) return RESTS.has(mode) ? "on" : undefined;
  if (OFFS.has(command)) return RUNS.has(mode) ? "off" : undefined;
  return command === "set" ? "set" : undefined;
}

function plannedAt(days: readonly WatchedDay[], node: NodeId, at: number): AskedBlock | undefined {
  const day = days.findLast((d) => d.from <= at);
  const plan = day?.ran ? day.plans.findLast((p) => p.at <= at) : undefined;
  return plan?.blocks.find((b) => b.device === node && b.from <= at && at < b.to);
}

/**
 * What hands on a device have shown: on at least three days of the last 14 a person did the same against what a running policy had
 * planned. Undefined where they have not.
 */
export function shownByHand(
  node: NodeId,
  hands: readonly Hand[],
  days: readonly WatchedDay[],
  { now, timeZone }: { readonly now: number; readonly timeZone: string },
): Extract<Preferred, { kind: "askFirst" }> | undefined {
  const acts = hands.flatMap((hand) => {
    const block = hand.at > now - HANDS_MS && hand.at <= now ? plannedAt(days, node, hand.at) : undefined;
    const act = block && against(hand, block);
    return act ? [{ act, ...localTime(hand.at, timeZone) }] : [];
  });
  for (const act of ["on", "off", "set"] as const) {
    const same = acts.filter((a) => a.act === act);
    const count = new Set(same.map((a) => a.day)).size;
    if (count < HAND_DAYS) continue;
    const minutes = same.map((a) => a.minutes);
    const [first, last] = [Math.min(...minutes), Math.max(...minutes)];
    return {
      ...{ kind: "askFirst", node, act, days: count },
      fromMinutes: Math.floor(first / 60) * 60,
      toMinutes: Math.min(24 * 60 - 1, Math.ceil((last + 1) / 60) * 60),
    };
  }
  return undefined;
}

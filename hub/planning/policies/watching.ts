/** Keeps what policies asked or would have asked in the last days, beside what the home really did. */
import { startOfLocalDay } from "../../energy/clock.ts";
import type { Policy } from "../../model/policy.ts";
import type { WatchedDay } from "../../model/policy-kept.ts";
import { comfortOf } from "../../planner/facts.ts";
import { devicesOf, steeredBy } from "../../planner/policy/devices.ts";
import { askedOf, reckoning, WATCHED_DAYS, withPlan, withReality } from "../../planner/policy/watched.ts";
import type { Schedule } from "../../planner/schedule/schedule.ts";
import type { Twin } from "../../twin/fit.ts";
import { drive } from "../drive.ts";
import type { PolicyBook } from "./book.ts";
import { type PolicyParts, paceOf } from "./parts.ts";

const DAY_MS = 86_400_000;

interface Kept extends WatchedDay {
  readonly policy: string;
}

export interface PolicyWatching {
  /** A policy was planned anew. */
  note(policy: Policy, schedule: Schedule, twin: Twin): void;
  /** The oldest first. */
  days(policy: string): readonly WatchedDay[];
  /** Reckons what the days would have cost in which policies only watched, once a day. */
  due(): Promise<void>;
}

const idOf = (policy: string, day: string): string => `${policy}/${day}`;

/** The days as they are kept: one document a policy and day, so that little is written each hour. */
function daysIn({ store }: Pick<PolicyParts, "store">) {
  const kept = new Map<string, readonly WatchedDay[]>();
  for (const { policy, ...day } of [...store.list<Kept>("watched")].sort((a, b) => a.from - b.from))
    kept.set(policy, [...(kept.get(policy) ?? []), day]);
  return {
    of: (policy: string): readonly WatchedDay[] => kept.get(policy) ?? [],
    policies: () => [...kept.keys()],
    /** Takes the place of a policy's days; of those only `changed` are written. */
    keep(policy: string, days: readonly WatchedDay[], changed: readonly WatchedDay[]): void {
      const left = new Set(days.map((d) => d.day));
      for (const { day } of kept.get(policy) ?? []) if (!left.has(day)) store.remove("watched", idOf(policy, day));
      if (days.length > 0) kept.set(policy, days);
      else kept.delete(policy);
      for (const day of changed) store.put("watched", idOf(policy, day.day), { ...day, policy } satisfies Kept);
    },
  };
}

/** Opens on what is stored. */
export function createPolicyWatching(
  parts: PolicyParts,
  book: PolicyBook,
  twinNow: () => Promise<Twin>,
): PolicyWatching {
  const kept = daysIn(parts);
  const zone = () => parts.home().settings.timeZone;
  const real = (day: WatchedDay, { devices }: Policy, twin: Twin): WatchedDay =>
    withReality(
      day,
      twin,
      devices.map((d) => d.node),
      startOfLocalDay(day.from + 1.5 * DAY_MS, zone()),
    );

  const note: PolicyWatching["note"] = (policy, schedule, twin) => {
    const days = withPlan(kept.of(policy.id), askedOf(schedule), zone(), policy.state === "running");
    // What came of yesterday's last hours is known today.
    const last = days.slice(-2).map((day) => real(day, policy, twin));
    kept.keep(policy.id, [...days.slice(0, -2), ...last], last);
  };

  /** The day up to which each was reckoned. */
  const reckoned = new Map<string, number>();
  const reckon = async (policy: Policy, today: number): Promise<void> => {
    const days = kept.of(policy.id).filter((d) => !d.ran && d.from < today);
    if (days.length === 0) return;
    const twin = await twinNow();
    const devices = steeredBy(policy, devicesOf(twin.parts, twin));
    if (typeof devices === "string") return;
    const found = await drive(
      reckoning({
        ...{ policy, days, devices, twin, tariff: parts.tariff(), comfort: comfortOf(policy.goals, twin.parts) },
        others: parts.planRules().filter((rule) => rule.enabled && rule.until === undefined),
      }),
      paceOf(parts),
    );
    const byDay = new Map(found.map((day) => [day.day, real(day, policy, twin)]));
    // What was noted meanwhile stands.
    const now = kept.of(policy.id).map((d) => byDay.get(d.day) ?? d);
    kept.keep(
      policy.id,
      now,
      now.filter((d) => byDay.has(d.day)),
    );
  };
  const due: PolicyWatching["due"] = async () => {
    const today = startOfLocalDay(parts.now(), zone());
    for (const id of kept.policies()) {
      const policy = book.policies.get(id);
      const isOld = (kept.of(id).at(-1)?.from ?? 0) < today - WATCHED_DAYS * DAY_MS;
      if (!policy || isOld) kept.keep(id, [], []);
      if (policy?.state !== "shadow" || reckoned.get(id) === today) continue;
      reckoned.set(id, today);
      await reckon(policy, today);
    }
    for (const id of reckoned.keys()) if (!book.policies.has(id)) reckoned.delete(id);
  };
  return { note, days: kept.of, due };
}

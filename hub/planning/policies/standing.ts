/** What is in force of each policy: its schedule, and the rules that carry it out. Planned anew each hour, and when the home leaves what was foreseen. */
import { localTime } from "../../energy/clock.ts";
import { partsOf } from "../../energy/parts.ts";
import type { PowerGuard } from "../../model/guard.ts";
import { type Home, knownOf, nameIn } from "../../model/home.ts";
import { parsePath } from "../../model/path.ts";
import type { Rule } from "../../model/plan.ts";
import type { Policy } from "../../model/policy.ts";
import { goalInWords } from "../../planner/goal.ts";
import { namesOf } from "../../planner/names.ts";
import { assumptionsOf, brokenAssumption } from "../../planner/policy/assumptions.ts";
import { standingRules } from "../../planner/policy/checks/standing.ts";
import { departure } from "../../planner/policy/departs.ts";
import { devicesOf, type Steered, steeredBy } from "../../planner/policy/devices.ts";
import { isWayBack, rulesOf } from "../../planner/policy/enact.ts";
import { type Connected, guardInWords, guardOf } from "../../planner/policy/guard.ts";
import { lastDayOf } from "../../planner/policy/last-day.ts";
import { withLimits } from "../../planner/policy/limits.ts";
import { foresightOf, type Outlook, outlookAt, repriced } from "../../planner/policy/outlook.ts";
import { chargedAt, connectionOf } from "../../planner/policy/pose/connection.ts";
import { type PosedProblem, pose } from "../../planner/policy/pose/index.ts";
import { Storing } from "../../planner/policy/storing/index.ts";
import type { Before, House } from "../../planner/schedule/problem.ts";
import type { Block, Schedule } from "../../planner/schedule/schedule.ts";
import { blockInWords, type Words } from "../../planner/schedule/words.ts";
import type { ScheduleView } from "../../ports/policies.ts";
import type { Twin } from "../../twin/fit.ts";
import { drive } from "../drive.ts";
import type { PolicyBook } from "./book.ts";
import { demandsIn, fuseKwOf, fuseOf } from "./demands.ts";
import { lostDevice } from "./doors.ts";
import { PLAN_MS, type PolicyParts, paceOf, REASONS_MS } from "./parts.ts";
import { viewOf } from "./view.ts";

interface InForce {
  readonly schedule: Schedule;
  readonly posed: PosedProblem;
  readonly outlook: Outlook;
  readonly devices: readonly Steered[];
  readonly storing: Storing;
  readonly words: Words;
  readonly view: ScheduleView;
  readonly rules: readonly Rule[];
  readonly guard: PowerGuard | undefined;
}

export interface Standing {
  /** Plans anew what is due. Those who call while it looks wait for the same look. */
  look(): Promise<void>;
  view(id: string): ScheduleView | undefined;
  /** What is planned, with what its words are made of. */
  plan(id: string): { readonly schedule: Schedule; readonly words: Words } | undefined;
  /** What running policies ask for now. */
  rules(): readonly Rule[];
  /** All that running policies could ever ask for, as rules of what may be. */
  mayAsk(): readonly Rule[];
  /** What the core is to hold the house's power to for them. */
  guards(): readonly PowerGuard[];
  /** Takes a policy's schedule away; `lead` leads its devices back to their own way. */
  leave(policy: Policy, lead: boolean): void;
}

const HOUR_MS = 3_600_000;
/** After a policy ends its devices are led back for so long. */
const RELEASE_MS = 30 * 60_000;

function valueNow(home: Home, path: string, at: number): number | string | boolean | undefined {
  const parsed = parsePath(path);
  const node = parsed && home.nodes.get(parsed.node);
  const known = node && knownOf(node, path, at);
  if (known?.status !== "known") return undefined;
  const { value } = known;
  return typeof value === "number" || typeof value === "string" || typeof value === "boolean" ? value : undefined;
}

/** The words that sentences about a policy's schedule are made of. */
function wordsOf(home: Home, policy: Policy): Words {
  const { currency, timeZone } = home.settings;
  const names = namesOf(partsOf(home));
  return {
    currency,
    timeZone,
    nameOf: (device) => nameIn(home, device),
    goalOf: (goal) => {
      const found = policy.goals[Number(goal)];
      return found ? goalInWords(found, names) : "as usual in this house";
    },
  };
}

/** The problem of this moment, on an outlook that may be of a little earlier. */
function posedNow(
  parts: PolicyParts,
  policy: Policy,
  devices: readonly Steered[],
  outlook: Outlook,
  planning: { readonly before?: Before | undefined; readonly connection?: House } = {},
) {
  const [at, home] = [parts.now(), parts.home()];
  const around = { timeZone: home.settings.timeZone, ...parts.presence(), usually: outlook.usuallyHome, at };
  const demands = demandsIn(home, policy.goals);
  return pose(
    devices,
    {
      ...{ demands, limits: policy.limits, outlook, around, now: (path) => valueNow(home, path, at) },
      ...(planning.connection ? { connection: planning.connection } : {}),
    },
    planning.before,
  );
}

/** Whether a schedule is of an earlier hour, or no longer fits. */
function isDue(parts: PolicyParts, policy: Policy, old: InForce | undefined): boolean {
  if (lostDevice(policy, parts) !== undefined) return true;
  if (!old || Math.floor(parts.now() / HOUR_MS) !== Math.floor(old.schedule.at / HOUR_MS)) return true;
  const outlook = repriced(old.outlook, parts.tariff(), parts.home().settings.timeZone);
  const { problem } = posedNow(parts, policy, old.devices, outlook);
  return departure(old.posed.problem, old.schedule, problem) !== undefined;
}

/** What contract and fuse ask of the house, with what its meter has shown since the month began: for its plan, and for the guard of its power. */
function connectionNow(
  parts: PolicyParts,
  { history, grid }: Twin,
  { slots }: Outlook,
): { house: House; connected: Connected } {
  const [metered, tariff, now, home] = [{ history, watts: grid, from: 0 }, parts.tariff(), parts.now(), parts.home()];
  const house = connectionOf(tariff, metered, now, slots.at(-1)?.from ?? 0, fuseKwOf(home));
  return { house, connected: { charged: chargedAt(tariff, metered, now), fuse: fuseOf(home) } };
}

async function planned(
  parts: PolicyParts,
  policy: Policy,
  devices: readonly Steered[],
  twin: Twin,
  old: InForce | undefined,
): Promise<InForce> {
  const sight = foresightOf(twin, new Set(devices.map((d) => d.part.node)));
  await parts.yieldNow();
  await drive(sight.net.upTo(parts.now()), paceOf(parts));
  // An hour may have begun meanwhile.
  await drive(sight.net.upTo(parts.now()), paceOf(parts));
  const outlook = outlookAt(sight, parts.tariff(), parts.now());
  // Each of these takes some ms: together they would hold the loop.
  await parts.yieldNow();
  const { house, connected } = connectionNow(parts, twin, outlook);
  const posed = posedNow(parts, policy, devices, outlook, { before: old?.schedule.before, connection: house });
  await parts.yieldNow();
  const placed = await parts.schedule(posed.problem, { timeLimitMs: PLAN_MS, reasonsMs: REASONS_MS });
  const storing = old?.storing ?? new Storing(parts.store.get("storing", policy.id));
  const schedule = await drive(storing.deciding(posed.problem, placed, outlook, sight), paceOf(parts));
  await parts.yieldNow();
  const words = wordsOf(parts.home(), policy);
  const view = viewOf(schedule, posed, devices, words);
  const why = (block: Block) => blockInWords(block, words);
  const rules = withLimits(rulesOf(policy, schedule, devices, why), policy.limits, devices);
  const guard = guardOf(policy, posed.problem, schedule, devices, connected);
  return { schedule, posed, outlook, devices, storing, words, view, rules, guard };
}

const running = ({ policies }: PolicyBook): Policy[] => [...policies.values()].filter((p) => p.state === "running");

/** Nothing before its first plan: which devices it has is only known then. */
const mayAsk = (parts: PolicyParts, policy: Policy, now: InForce | undefined): readonly Rule[] =>
  now ? standingRules(policy, now.devices, demandsIn(parts.home(), policy.goals)) : [];

/** Ends policies whose last day is over; as they were before. */
function endWhatIsOver(parts: PolicyParts, book: PolicyBook): Policy[] {
  const today = localTime(parts.now(), parts.home().settings.timeZone).day;
  return [...book.policies.values()].filter((policy) => {
    const lastDay = lastDayOf(policy.goals);
    const isOver = lastDay !== undefined && lastDay < today && policy.trying === undefined;
    return isOver && book.move(policy.id, { kind: "over", lastDay }, "hub").ok;
  });
}

/** Opens without schedules: after a restart the first look plans. */
export function createStanding(
  parts: PolicyParts,
  book: PolicyBook,
  twinNow: () => Promise<Twin>,
  note: (policy: Policy, schedule: Schedule, twin: Twin) => void,
): Standing {
  const inForce = new Map<string, InForce>();
  const leading = new Map<string, readonly Rule[]>();
  let looking: Promise<void> | undefined;

  const leave = (policy: Policy, lead: boolean): void => {
    const rules = inForce.get(policy.id)?.rules.filter(isWayBack) ?? [];
    inForce.delete(policy.id);
    if (!lead) return;
    const until = parts.now() + RELEASE_MS;
    leading.set(
      policy.id,
      rules.map((rule) => ({ ...rule, until })),
    );
    parts.rulesChanged();
  };
  const stop = (policy: Policy, reason: string): void => {
    if (policy.state === "running") book.move(policy.id, { kind: "suspended", reason }, "hub");
    leave(policy, policy.state === "running");
  };
  const planNow = async (policy: Policy): Promise<void> => {
    const twin = await twinNow();
    const devices = lostDevice(policy, parts) ?? steeredBy(policy, devicesOf(twin.parts, twin));
    const broken = brokenAssumption(policy, assumptionsOf(parts.tariff(), twin, parts.sha256));
    if (typeof devices === "string") return stop(policy, devices);
    if (broken && policy.state === "running") return stop(policy, broken);
    const made = await planned(parts, policy, devices, twin, inForce.get(policy.id));
    const state = book.policies.get(policy.id)?.state;
    if (state !== "running" && state !== "shadow") return;
    inForce.set(policy.id, made);
    if (made.storing.kept) parts.store.put("storing", policy.id, made.storing.kept);
    note(policy, made.schedule, twin);
    parts.tell({ type: "policy", id: policy.id });
    if (state === "running") parts.rulesChanged();
  };
  const lookOnce = async (): Promise<void> => {
    for (const policy of endWhatIsOver(parts, book)) leave(policy, policy.state === "running");
    for (const [id, rules] of leading) if (rules.every((r) => (r.until ?? 0) < parts.now())) leading.delete(id);
    for (const policy of [...book.policies.values()])
      if ((policy.state === "running" || policy.state === "shadow") && isDue(parts, policy, inForce.get(policy.id)))
        await planNow(policy);
  };
  return {
    look: () => {
      looking ??= lookOnce().finally(() => {
        looking = undefined;
      });
      return looking;
    },
    plan: (id) => inForce.get(id),
    view: (id) => {
      const { view, guard } = inForce.get(id) ?? {};
      if (!view || !guard) return view;
      const held = parts.heldBack?.(id).map(({ why }) => why) ?? [];
      return { ...view, guard: { words: guardInWords(guard), held } };
    },
    rules: () => [...running(book).flatMap((p) => inForce.get(p.id)?.rules ?? []), ...[...leading.values()].flat()],
    mayAsk: () => running(book).flatMap((p) => mayAsk(parts, p, inForce.get(p.id))),
    guards: () => running(book).flatMap((p) => inForce.get(p.id)?.guard ?? []),
    leave,
  };
}

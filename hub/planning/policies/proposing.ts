/** Proposes policies, as people have shown to want them, and changes what was proposed. */
import { partsOf } from "../../energy/parts.ts";
import type { Goal } from "../../model/goal/index.ts";
import type { NodeId } from "../../model/path.ts";
import { goalMisfit } from "../../planner/goal.ts";
import { namesOf } from "../../planner/names.ts";
import { assumptionsOf } from "../../planner/policy/assumptions.ts";
import { type Devices, withoutThese } from "../../planner/policy/devices.ts";
import { limitMisfit } from "../../planner/policy/limits.ts";
import { preferred, withoutUnwanted } from "../../planner/policy/preferences.ts";
import { policyFor } from "../../planner/policy/propose.ts";
import type { Policies, PolicyAnswer } from "../../ports/policies.ts";
import type { Twin } from "../../twin/fit.ts";
import type { PolicyBook } from "./book.ts";
import { demandsIn } from "./demands.ts";
import type { Doors } from "./doors.ts";
import type { PolicyParts } from "./parts.ts";
import type { PreferenceBook } from "./preferences.ts";
import type { Trials } from "./trials.ts";

const MAX_TITLE = 200;

export interface ProposingParts {
  readonly parts: PolicyParts;
  readonly book: PolicyBook;
  readonly doors: Doors;
  readonly trials: Trials;
  readonly preferences: PreferenceBook;
  readonly twinNow: () => Promise<Twin>;
  /** Takes a policy out of force, as a person asked. */
  readonly end: Policies["end"];
}

export function createProposing({
  parts,
  book,
  doors,
  trials,
  preferences,
  twinNow,
  end,
}: ProposingParts): Pick<Policies, "propose" | "change"> {
  const make = async (
    goals: readonly Goal[],
    title: string,
    by: string,
    without: ReadonlySet<NodeId>,
  ): Promise<PolicyAnswer> => {
    const names = namesOf(partsOf(parts.home()));
    const misfit = goals.map((goal) => goalMisfit(goal, names)).find((why) => why !== undefined);
    if (misfit) return { ok: false, reason: misfit };
    const twin = await twinNow();
    const draft = {
      ...{ id: parts.newId(), title: title.slice(0, MAX_TITLE), goals, by, at: parts.now() },
      demands: demandsIn(parts.home(), goals),
      assumptions: assumptionsOf(parts.tariff(), twin, parts.sha256),
    };
    const wanted: Devices = withoutUnwanted(await doors.free(twin, draft.demands), draft.demands, preferences.list());
    const made = policyFor(draft, withoutThese(wanted, without, "you took it out"), parts.sha256);
    if ("none" in made) return { ok: false, reason: made.none };
    const policy = preferred(made, preferences.list(), parts.sha256);
    book.keep(policy);
    book.note(by, "policy-proposed", policy, `steers ${policy.devices.map((d) => d.name).join(", ")}`);
    return trials.tryOut(policy.id, by);
  };

  const change: Policies["change"] = async (id, { leaveOut = [], limits = {} }, by) => {
    const old = book.policies.get(id);
    if (!old) return { ok: false, reason: `there is no policy ${id}` };
    if (old.state === "ended" || old.state === "rejected") return { ok: false, reason: "it is over" };
    const foreign = leaveOut.find((node) => !old.devices.some((d) => d.node === node));
    if (foreign) return { ok: false, reason: `leaveOut: it does not steer ${foreign}` };
    const { noGridCharging = false, cyclesPerDay, commandsPerDay } = limits;
    const misfit = limitMisfit({ noGridCharging, cyclesPerDay, commandsPerDay });
    if (misfit) return { ok: false, reason: misfit };
    for (const node of leaveOut) preferences.remember({ kind: "leaveAlone", node }, "changed", by);
    if (noGridCharging) preferences.remember({ kind: "limit", limit: "noGridCharging" }, "changed", by);
    if (cyclesPerDay !== undefined)
      preferences.remember({ kind: "limit", limit: "cyclesPerDay", most: cyclesPerDay }, "changed", by);
    if (commandsPerDay !== undefined)
      preferences.remember({ kind: "limit", limit: "commandsPerDay", most: commandsPerDay }, "changed", by);
    // Its devices are to be free again, and two of the same wish are one too many.
    trials.stop(id);
    if (old.state === "proposed") book.move(id, { kind: "rejected", reason: "it was changed", by }, by);
    else end(id, by);
    return make(old.goals, old.title, by, new Set(leaveOut));
  };
  return { propose: (goals, title, by) => make(goals, title, by, new Set()), change };
}

/**
 * Finds in the order in which they serve what the family wishes for; by saving where wishes say nothing of it. A language model is not asked:
 * of 58 stated pairs plain saving has 26 right, and a 0.5B model that was asked left every list as it was (test/bench/finds-order.ts).
 */
import type { Find } from "../../model/find.ts";
import type { Goal } from "../../model/goal/index.ts";

/** What an order depends on. */
type Sorted = Pick<Find, "kind" | "node" | "room" | "effect" | "kwh" | "money">;

/** A wish that this find is made for. */
function serves({ kind, node }: Sorted, goal: Goal): boolean {
  switch (goal.kind) {
    case "reduceStandby":
      return kind === "nightBase" || (kind === "standby" && (goal.node === undefined || goal.node === node));
    case "offWhenEmpty":
      return kind === (goal.what === "lights" ? "leftOn" : "needlessHeating");
    case "minimise":
      return goal.what === "import" && kind === "unusedSun";
    case "peakLimit":
      return kind === "peakUse";
    default:
      return false;
  }
}

/** A wish that speaks against it: a device that is left alone, a machine moved to cheap hours of the night, a room that is to stay warm. */
function opposes({ kind, node, room }: Sorted, goal: Goal): boolean {
  switch (goal.kind) {
    case "never":
      return goal.act !== "on" && goal.node === node;
    case "quietHours":
      return kind === "peakUse";
    case "comfort":
      return goal.minC !== undefined && goal.room === room && (kind === "warmRoom" || kind === "needlessHeating");
    default:
      return false;
  }
}

/** kWh a year that the grid does not have to bring: the same energy at another price is none. */
const spared = ({ kind, effect, kwh }: Sorted): number => (effect === "saves" || kind === "unusedSun" ? kwh.likely : 0);

/** The finds as the goals want them, the first first; and whether the goals had a say. */
export function ordered<F extends Sorted>(
  finds: readonly F[],
  goals: readonly Goal[],
): { readonly finds: readonly F[]; readonly by: "saving" | "goals" } {
  const isOfEnergy = goals.find((g) => g.kind === "minimise" && g.what !== "cost");
  const place = (find: F): number =>
    goals.some((g) => opposes(find, g)) ? 2 : goals.some((g) => serves(find, g)) ? 0 : 1;
  const worth = (find: F): number => (isOfEnergy ? spared(find) : 0);
  const bySaving = finds.toSorted((a, b) => b.money.likely - a.money.likely);
  const all = bySaving.toSorted((a, b) => place(a) - place(b) || worth(b) - worth(a));
  return { finds: all, by: all.some((find, k) => find !== bySaving[k]) ? "goals" : "saving" };
}

import type { Problem } from "../../schedule/problem.ts";
import type { Reason } from "../../schedule/schedule.ts";
import type { StorageMode } from "../../storage/battery.ts";
import type { StorageDecision, StorageQuestion } from "../../storage/decide.ts";
import type { Piece } from "./question.ts";

/** Currency below which it makes no difference. */
const NO_DIFFERENCE = 0.005;

/** When what is stored is given out at the latest, by price: the first piece in which giving saves at least what it is worth. */
function neededAt(problem: Problem, pieces: readonly Piece[], q: StorageQuestion, worth: number): number | undefined {
  const later = pieces.find((p, k) => k > 0 && (p.price - q.wear) * q.battery.dischargeEfficiency >= worth - 1e-6);
  return later && problem.slots[later.first]?.from;
}

/**
 * Why a battery is in its mode: what a stored kWh is worth, what the grid costs, and what the other modes would cost. `chosen`: its mode;
 * undefined where it is left to its own way.
 */
export function reasonOf(
  problem: Problem,
  pieces: readonly Piece[],
  q: StorageQuestion,
  decision: StorageDecision,
  chosen: StorageMode | undefined,
): Reason {
  if (!chosen) return { kind: "distrust" };
  const others = Object.entries(decision.otherwise).filter(
    ([mode]) => mode !== chosen && (q.fromGrid || mode !== "chargeFromGrid"),
  );
  const least = Math.min(...others.map(([, cost]) => cost));
  const needed = neededAt(problem, pieces, q, decision.valuePerKwh);
  return {
    kind: "stored",
    extraCost: least < NO_DIFFERENCE ? 0 : least,
    price: q.price[0] ?? 0,
    storedWorth: decision.valuePerKwh,
    ...(needed === undefined ? {} : { otherwise: needed }),
    others: Object.fromEntries(others),
  };
}

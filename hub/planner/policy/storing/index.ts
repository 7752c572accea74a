/**
 * The home battery in the hour that has begun: what its stored energy is worth decides its mode and limits, after the schedule has placed all
 * that can be moved. The schedule knows one course of load and sun; this knows all the ways they may go.
 */

import type { Battery, Problem } from "../../schedule/problem.ts";
import type { Schedule } from "../../schedule/schedule.ts";
import { act, STORAGE_MODES, type StorageLimits, selfConsumption } from "../../storage/battery.ts";
import { decidingStorage, type StorageDecision } from "../../storage/decide.ts";
import { Trust, type TrustKept } from "../../storage/trust.ts";
import { valueAt } from "../../storage/value.ts";
import type { Foresight, Outlook } from "../outlook.ts";
import { batteryOf, endOfPiece, factsOf, floorOf, type Piece, piecesOf, questionOf } from "./question.ts";
import { reasonOf } from "./reason.ts";
import { settled, type Told } from "./settled.ts";

const HOUR_MS = 3_600_000;

/** Currency below which modes are alike. */
const ALIKE = 0.001;

/** What the schedule has planned for a piece, where it costs the same as the best: then the plan stays as people see it. */
function plannedIf(schedule: Schedule, d: Battery, piece: Piece, best: StorageDecision): StorageLimits | undefined {
  const block = schedule.blocks.find((b) => b.device === d.id && b.first <= piece.first && b.last >= piece.first);
  const mode = STORAGE_MODES.find((m) => m === block?.mode);
  if (!mode || mode === best.mode || best.otherwise[mode] > ALIKE) return undefined;
  if (mode === "chargeFromGrid" && !d.fromGrid) return undefined;
  const { storedKwh, fullKwh } = d;
  switch (mode) {
    case "hold":
      return { mode, chargeToKwh: fullKwh, storeToKwh: fullKwh, dischargeToKwh: storedKwh };
    case "followLoad":
      return { mode, chargeToKwh: fullKwh, storeToKwh: fullKwh, dischargeToKwh: block?.limit ?? floorOf(d) };
    case "chargeFromGrid":
      return { mode, chargeToKwh: block?.limit ?? fullKwh, storeToKwh: fullKwh, dischargeToKwh: storedKwh };
  }
}

/** A whole hour as it was decided, to be judged by what came. */
interface Hour {
  readonly from: number;
  readonly battery: Battery;
  readonly decision: StorageDecision;
  readonly piece: Piece;
}

/** Keeps one policy's battery from hour to hour, and whether deciding over it has been worth it. */
export class Storing {
  #trust: Trust | undefined;
  #hour: Hour | undefined;
  readonly #before: TrustKept | undefined;

  /** @param before what it knew when the hub stopped */
  constructor(before?: TrustKept) {
    this.#before = before;
  }

  /** What is to outlive a restart; undefined while there is nothing. */
  get kept(): TrustKept | undefined {
    return this.#trust?.kept ?? this.#before;
  }

  /**
   * The schedule with the present hour of its battery decided; the schedule itself where there is nothing to decide over. Yields where it may
   * be interrupted; one at a time.
   */
  *deciding(
    problem: Problem,
    schedule: Schedule,
    { paths }: Outlook,
    sight: Pick<Foresight, "net">,
  ): Generator<number, Schedule> {
    this.#judge(problem.at, sight);
    const d = batteryOf(problem);
    if (!d || !paths || paths.length === 0) return schedule;
    const pieces = piecesOf(problem, schedule);
    this.#trust ??= new Trust(factsOf(d), d.wear * problem.weights.wear, floorOf(d), d.storedKwh, this.#before);
    const told: Told[] = [];
    let storedKwh = d.storedKwh;
    for (const [k, piece] of pieces.entries()) {
      if (piece.hour > 0) break;
      const question = questionOf(problem, d, pieces.slice(k), paths, storedKwh);
      const decision = yield* decidingStorage(question);
      const earned = this.#trust.earned;
      const habit = selfConsumption(question.battery, question.reserveKwh);
      const limits = earned ? (plannedIf(schedule, d, piece, decision) ?? decision) : habit;
      const reason = reasonOf(problem, pieces.slice(k), question, decision, earned ? limits.mode : undefined);
      told.push({ piece, to: endOfPiece(problem, piece), limits, reason });
      const likely = paths.reduce((sum, p) => sum + p.weight, 0);
      const netKwh = question.paths.reduce((sum, p) => sum + p.weight * (p.netKwh[0] ?? 0), 0) / likely;
      storedKwh = act(question.battery, limits, storedKwh, netKwh, piece.hours).storedKwh;
      if (k === 0) this.#note(problem, d, piece, decision);
    }
    return settled(problem, schedule, d, told);
  }

  /** Only an hour that was decided as a whole can be judged. */
  #note(problem: Problem, battery: Battery, piece: Piece, decision: StorageDecision): void {
    const from = problem.slots[0]?.from ?? 0;
    if (from % HOUR_MS === 0 && piece.hours === 1 && this.#hour?.from !== from)
      this.#hour = { from, battery, decision, piece };
  }

  #judge(at: number, { net }: Pick<Foresight, "net">): void {
    const hour = this.#hour;
    if (!hour || at < hour.from + HOUR_MS) return;
    this.#hour = undefined;
    const { battery, decision, piece } = hour;
    const netKwh = net.came(hour.from) + piece.flexKwh;
    if (!Number.isFinite(netKwh)) return;
    const above = Math.max(battery.fullKwh, battery.storedKwh) - floorOf(battery);
    this.#trust?.passed(decision.limits, { netKwh, price: piece.price, exportPrice: piece.exportPrice }, (stored) =>
      valueAt(decision.worth, stored - floorOf(battery), above),
    );
  }
}

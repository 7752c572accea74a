/**
 * Whether planning has been worth it in this home. Two batteries are run in mind through the hours as they came, one as planned, one left to
 * its habit; while the plan has lately cost more, the real one is left to its habit, and the plan goes on in mind until it is ahead
 * again. So a home whose hours can't be foreseen loses next to nothing by having been planned.
 */
import { act, type BatteryFacts, type StorageLimits, selfConsumption } from "./battery.ts";
import { modeAt, type Thresholds } from "./value.ts";

/** Days after which a past hour counts half. */
const HALF_LIFE = 14;
const FADE = 0.5 ** (1 / (24 * HALF_LIFE));
/** The plan may be behind by this share of what the hours cost before it is left. */
const PATIENCE = 0.02;
/** Hours before there is anything to judge. */
const LEAST_HOURS = 72;

/** What an hour brought: load less sun in kWh, and what it cost per kWh in currency. */
export interface HourPassed {
  readonly netKwh: number;
  readonly price: number;
  readonly exportPrice: number;
}

/** What is known of it, as it outlives a restart: stored energy of the two batteries in mind in kWh, sums in currency. */
export interface TrustKept {
  readonly planned: number;
  readonly left: number;
  readonly behind: number;
  readonly spent: number;
  readonly hours: number;
  readonly earned: boolean;
}

export class Trust {
  readonly #battery: BatteryFacts;
  readonly #wear: number;
  readonly #habit: StorageLimits;
  #planned: number;
  #left: number;
  /** What the plan cost more than the habit lately, and what the habit cost, currency. */
  #behind = 0;
  #spent = 0;
  #hours = 0;
  #earned = true;

  /**
   * @param wear currency per kWh discharged
   * @param before what was known when the hub stopped; the battery may be another by now
   */
  constructor(battery: BatteryFacts, wear: number, reserveKwh: number, storedKwh: number, before?: TrustKept) {
    this.#battery = battery;
    this.#wear = wear;
    this.#habit = selfConsumption(battery, reserveKwh);
    this.#planned = Math.min(before?.planned ?? storedKwh, battery.capacityKwh);
    this.#left = Math.min(before?.left ?? storedKwh, battery.capacityKwh);
    if (!before) return;
    this.#behind = before.behind;
    this.#spent = before.spent;
    this.#hours = before.hours;
    this.#earned = before.earned;
  }

  get kept(): TrustKept {
    return {
      ...{ planned: this.#planned, left: this.#left, behind: this.#behind, spent: this.#spent },
      ...{ hours: this.#hours, earned: this.#earned },
    };
  }

  /** Whether the plan is to be followed now. */
  get earned(): boolean {
    return this.#earned;
  }

  /**
   * Takes in an hour with the limits that were planned for it.
   * @param worth cost of all that comes by what is stored then, currency
   */
  passed(limits: Thresholds, hour: HourPassed, worth: (storedKwh: number) => number): void {
    const plan = this.#run(modeAt(limits, this.#planned), this.#planned, hour);
    const habit = this.#run(this.#habit, this.#left, hour);
    this.#planned = plan.storedKwh;
    this.#left = habit.storedKwh;
    this.#behind = FADE * this.#behind + plan.cost - habit.cost;
    this.#spent = FADE * this.#spent + Math.abs(habit.cost);
    if (++this.#hours < LEAST_HOURS) return;
    const behind = this.#behind + worth(this.#planned) - worth(this.#left);
    if (behind > PATIENCE * this.#spent) this.#earned = false;
    else if (behind < 0) this.#earned = true;
  }

  #run(limits: StorageLimits, stored: number, { netKwh, price, exportPrice }: HourPassed) {
    const { gridKwh, dischargeKwh, storedKwh } = act(this.#battery, limits, stored, netKwh, 1);
    return { storedKwh, cost: gridKwh * (gridKwh > 0 ? price : exportPrice) + dischargeKwh * this.#wear };
  }
}

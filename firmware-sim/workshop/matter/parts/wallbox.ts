import type { Endpoint } from "@matter/main";
import { EnergyEvseServer } from "@matter/main/behaviors/energy-evse";
import { EnergyEvse } from "@matter/main/clusters/energy-evse";
import type { Moment } from "../../firmware.ts";
import { Charging } from "../physics/charging.ts";
import { nextTarget, type Schedule } from "../physics/targets.ts";
import { type Birth, epochOf, type Memory, numberIn, scaled, truthIn, type Values } from "../product.ts";
import type { OptionsOf } from "../sheets.ts";
import { Counter, showEnergy, showPower } from "./electrical.ts";
import { mustHold } from "./opt-out.ts";
import { type Block, optOutBy, PowerEsa } from "./power-esa.ts";

const { State, SupplyState, FaultState, EnergyTransferStoppedReason: Why } = EnergyEvse;
const least = 6;
const volts = 230;

/** Modes of the charger, by their number in EnergyEvseMode. */
export const byHand = 0;
export const byTime = 1;

/** A charger, the car at it and its manager. */
export class Wallbox {
  readonly charging: Charging;
  readonly esa: PowerEsa;
  mode = byHand;
  enabled = true;
  /** Epoch seconds; null: until it is disabled. */
  until: number | null = null;
  minA = least;
  maxA: number;
  userMaxA: number;
  schedules: readonly Schedule[] = [];
  watts = 0;
  readonly circuitA: number;
  private readonly counter: Counter;
  private readonly now: () => Moment;
  private startedFor = 0;

  constructor({ memory, now }: Birth, { maxAmps, phases, batteryKwh, soc }: OptionsOf<"evse">) {
    this.charging = new Charging(batteryKwh * 1000, memory.soc ?? soc, phases);
    this.charging.session = { id: memory.session ?? 1, wh: memory.sessionWh ?? 0, seconds: memory.sessionSeconds ?? 0 };
    this.charging.plugged = memory.plugged !== 0;
    this.circuitA = maxAmps;
    this.maxA = maxAmps;
    this.userMaxA = maxAmps;
    this.counter = new Counter(memory.imported ?? 0);
    this.now = now;
    const range = { minW: 0, maxW: maxAmps * volts * phases, minSeconds: 60, maxSeconds: 6 * 3600 };
    this.esa = new PowerEsa(
      now,
      () => (this.charging.wants && this.supplied ? range : null),
      () => this.ahead(),
    );
  }

  get state(): Values {
    const { plugged, soc, session } = this.charging;
    return { plugged, soc, watts: this.watts, sessionKwh: session.wh / 1000, imported: this.counter.imported / 1000 };
  }

  get supplied(): boolean {
    return this.enabled && (this.until === null || epochOf(this.now()) < this.until);
  }

  /** A that it offers. */
  get offered(): number {
    return Math.min(this.maxA, this.userMaxA, this.circuitA);
  }

  get next() {
    const found = nextTarget(this.schedules, epochOf(this.now()));
    if (!found || !this.charging.plugged) return undefined;
    const wh = found.target.addedWh ?? this.charging.missing(found.target.soc ?? 100);
    const watts = Math.max(1, this.offered * volts * this.charging.phases);
    return { at: found.at, wh, start: found.at - Math.ceil((wh / watts) * 3600 * 1.1), soc: found.target.soc };
  }

  set(values: Values): void {
    optOutBy(this.esa, values.optOut);
    const plugged = truthIn(values, "plugged");
    if (plugged !== undefined) this.charging.plug(plugged);
    this.charging.soc = Math.max(0, Math.min(100, numberIn(values, "soc") ?? this.charging.soc));
    this.charging.limit = numberIn(values, "limit") ?? this.charging.limit;
    this.control();
  }

  step(seconds: number): void {
    this.control();
    this.charging.step(seconds, this.watts);
    this.counter.add(this.watts, seconds);
    this.esa.count((this.watts * seconds) / 3600);
  }

  async showMeter(endpoint: Endpoint, now: Moment): Promise<void> {
    await showPower(endpoint, this.watts, volts * this.charging.phases);
    await showEnergy(endpoint, this.counter, now);
  }

  memory(): Memory {
    const { soc, session, plugged } = this.charging;
    const { id, wh, seconds } = session;
    return {
      ...{ soc, session: id, sessionWh: wh, sessionSeconds: seconds, plugged: plugged ? 1 : 0 },
      imported: this.counter.imported,
    };
  }

  /** Until a moment (epoch s; null: for ever), with so many A. */
  enable(until: number | null, minA: number, maxA: number): void {
    this.enabled = true;
    this.until = until;
    this.minA = minA;
    this.maxA = Math.min(maxA, this.circuitA);
  }

  /** What flows now. */
  control(): void {
    const { charging } = this;
    const amps = this.supplied && !this.waits() ? this.offered : 0;
    const told = this.supplied ? this.esa.told : undefined;
    this.watts = told === undefined ? charging.takes(amps) : Math.min(told, charging.takes(this.offered));
    // A charger can't charge with less than 6 A: told to, it stops.
    if (this.watts < least * volts * charging.phases) this.watts = told === undefined ? charging.takes(amps) : 0;
  }

  /** In time for a target it begins as late as it can, and does not stop before it has what was wanted. */
  private waits(): boolean {
    const { next } = this;
    if (this.mode !== byTime || !next) return false;
    if (epochOf(this.now()) >= next.start) this.startedFor = next.at;
    return next.wh <= 0 || this.startedFor !== next.at;
  }

  private ahead(): readonly Block[] {
    const { charging } = this;
    if (!charging.wants || this.watts <= 0) return [];
    const seconds = (charging.missing(charging.limit) / this.watts) * 3600;
    const maxW = this.offered * volts * charging.phases;
    return [{ watts: this.watts, minW: 0, maxW, seconds: Math.min(86_400, seconds) }];
  }
}

/** A week of targets as they were written; refuses a day that is there twice and a target without a goal. */
function schedulesOf(schedules: readonly EnergyEvse.ChargingTargetSchedule[]): Schedule[] {
  const seen = new Set<number>();
  return schedules.map(({ dayOfWeekForSequence: week, chargingTargets }): Schedule => {
    const names = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const;
    const days = names.reduce((bits, name, bit) => (week[name] ? bits | (1 << bit) : bits), 0);
    for (let bit = 0; bit < 7; bit += 1) {
      if ((days & (1 << bit)) === 0) continue;
      mustHold(!seen.has(bit), "a day is there twice");
      seen.add(bit);
    }
    const targets = chargingTargets.map(({ targetTimeMinutesPastMidnight: minutes, targetSoC: soc, addedEnergy }) => {
      mustHold(soc !== undefined || addedEnergy !== undefined, "a target needs a charge or an energy");
      return { minutes, soc, addedWh: addedEnergy === undefined ? undefined : Number(addedEnergy) / 1000 };
    });
    return { days, targets };
  });
}

/** The charger's commands and attributes (Matter Application Clusters 9.3). */
export function evseServer(box: Wallbox) {
  return class EvseServer extends EnergyEvseServer.with("ChargingPreferences", "SoCReporting") {
    override disable(): void {
      box.enabled = false;
      this.lookAgain();
    }

    override enableCharging({
      chargingEnabledUntil,
      minimumChargeCurrent,
      maximumChargeCurrent,
    }: EnergyEvse.EnableChargingRequest): void {
      const [min, max] = [Number(minimumChargeCurrent) / 1000, Number(maximumChargeCurrent) / 1000];
      mustHold(min >= 0 && max >= min, "the currents are no range");
      box.enable(chargingEnabledUntil, min, max);
      this.lookAgain();
    }

    override setTargets({ chargingTargetSchedules }: EnergyEvse.SetTargetsRequest): void {
      box.schedules = schedulesOf(chargingTargetSchedules);
      writtenTargets.set(box, chargingTargetSchedules);
      this.lookAgain();
    }

    override getTargets(): EnergyEvse.GetTargetsResponse {
      return { chargingTargetSchedules: [...(writtenTargets.get(box) ?? [])] };
    }

    override clearTargets(): void {
      box.schedules = [];
      writtenTargets.delete(box);
      this.lookAgain();
    }

    /** The attributes from the physics, and the events of what changed. */
    lookAgain(): void {
      if (this.state.userMaximumChargeCurrent !== undefined)
        box.userMaxA = Number(this.state.userMaximumChargeCurrent) / 1000;
      box.control();
      const before = this.state.state;
      Object.assign(this.state, evseAttributes(box));
      if (before !== this.state.state) this.tellChange(before, this.state.state);
    }

    private tellChange(before: EnergyEvse.State | null, after: EnergyEvse.State | null): void {
      const { id: sessionId, wh, seconds } = box.charging.session;
      const energy = scaled(wh, 1000);
      if (before === State.PluggedInCharging) {
        const reason = box.charging.wants ? Why.EvseStopped : Why.EvStopped;
        this.events.energyTransferStopped.emit(
          { sessionId, state: before, reason, energyTransferred: energy },
          this.context,
        );
      }
      if (before === State.NotPluggedIn) this.events.evConnected.emit({ sessionId }, this.context);
      if (after === State.PluggedInCharging)
        this.events.energyTransferStarted.emit(
          { sessionId, state: after, maximumCurrent: scaled(box.offered, 1000) },
          this.context,
        );
      if (after === State.NotPluggedIn && before !== null)
        this.events.evNotDetected.emit(
          { sessionId, state: before, sessionDuration: Math.round(seconds), sessionEnergyCharged: energy },
          this.context,
        );
    }
  };
}

/** A server object lives for one command only: what is to stay is kept by its charger. */
const writtenTargets = new WeakMap<Wallbox, readonly EnergyEvse.ChargingTargetSchedule[]>();

/** Matter's epoch 0 (the year 2000): charging is not enabled. */
const never = 946_684_800;

/** The attributes as they are now. */
export function evseAttributes(box: Wallbox) {
  const { charging, next, supplied, until } = box;
  const { id, wh, seconds } = charging.session;
  const state = !charging.plugged
    ? State.NotPluggedIn
    : box.watts > 0
      ? State.PluggedInCharging
      : charging.wants
        ? State.PluggedInDemand
        : State.PluggedInNoDemand;
  return {
    state,
    supplyState: supplied ? SupplyState.ChargingEnabled : SupplyState.Disabled,
    faultState: FaultState.NoError,
    chargingEnabledUntil: supplied ? until : never,
    circuitCapacity: scaled(box.circuitA, 1000),
    minimumChargeCurrent: supplied ? scaled(box.minA, 1000) : 0,
    maximumChargeCurrent: supplied ? scaled(box.offered, 1000) : 0,
    nextChargeStartTime: next?.start ?? null,
    nextChargeTargetTime: next?.at ?? null,
    nextChargeRequiredEnergy: next ? scaled(next.wh, 1000) : null,
    nextChargeTargetSoC: next?.soc ?? null,
    stateOfCharge: charging.plugged ? Math.round(charging.soc) : null,
    batteryCapacity: charging.plugged ? scaled(charging.capacityWh, 1000) : null,
    sessionId: id,
    sessionDuration: Math.round(seconds),
    sessionEnergyCharged: scaled(wh, 1000),
  };
}

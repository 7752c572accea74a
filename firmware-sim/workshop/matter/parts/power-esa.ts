/** Device Energy Management of what can be told how much to draw or give (Matter Application Clusters 9.2). */
import { DescriptorServer } from "@matter/main/behaviors/descriptor";
import { DeviceEnergyManagementServer } from "@matter/main/behaviors/device-energy-management";
import { DeviceEnergyManagement } from "@matter/main/clusters/device-energy-management";
import { StatusResponse } from "@matter/main/types";
import type { Moment } from "../../firmware.ts";
import { epochOf, scaled } from "../product.ts";
import { allows, mustAllow, mustBe, mustHold, type OptOut, optOutOf } from "./opt-out.ts";

const { EsaState, PowerAdjustReason, AdjustmentCause, Cause, OptOutState, ForecastUpdateReason } =
  DeviceEnergyManagement;

/** What it may be told: W (negative gives), s. */
export interface Range {
  readonly minW: number;
  readonly maxW: number;
  readonly minSeconds: number;
  readonly maxSeconds: number;
}

/** One block of power to come: W, s. */
export interface Block {
  readonly watts: number;
  readonly minW: number;
  readonly maxW: number;
  readonly seconds: number;
}

interface Adjustment {
  readonly watts: number;
  readonly cause: DeviceEnergyManagement.AdjustmentCause;
  readonly began: number;
  until: number;
  wh: number;
}

/** What the device and its manager know together. */
export class PowerEsa {
  readonly now: () => Moment;
  optOut: OptOut = OptOutState.NoOptOut;
  adjustment: Adjustment | undefined;
  private readonly range: () => Range | null;
  private readonly ahead: () => readonly Block[];
  private forecastId = 0;
  private planned = "";
  private plannedAt = 0;

  /** `range` is null while nothing can be adjusted; `ahead` is empty while nothing is planned. */
  constructor(now: () => Moment, range: () => Range | null, ahead: () => readonly Block[] = () => []) {
    this.now = now;
    this.range = range;
    this.ahead = ahead;
  }

  /** W that it was told to take, or undefined when it does as it likes. */
  get told(): number | undefined {
    return this.adjustment && epochOf(this.now()) < this.adjustment.until ? this.adjustment.watts : undefined;
  }

  /** Counts what an adjustment used, Wh. */
  count(wh: number): void {
    if (this.adjustment) this.adjustment.wh += wh;
  }

  get limits(): Range | null {
    return this.range();
  }

  attributes() {
    const range = this.range();
    const cause = !this.adjustment
      ? PowerAdjustReason.NoAdjustment
      : this.adjustment.cause === AdjustmentCause.GridOptimization
        ? PowerAdjustReason.GridOptimizationAdjustment
        : PowerAdjustReason.LocalOptimizationAdjustment;
    return {
      esaState: this.adjustment ? EsaState.PowerAdjustActive : EsaState.Online,
      optOutState: this.optOut,
      powerAdjustmentCapability:
        range === null
          ? null
          : {
              powerAdjustCapability: [
                {
                  ...{ minPower: scaled(range.minW, 1000), maxPower: scaled(range.maxW, 1000) },
                  ...{ minDuration: range.minSeconds, maxDuration: range.maxSeconds },
                },
              ],
              cause,
            },
    };
  }

  /** The forecast attribute; null when nothing is planned. */
  forecast(): DeviceEnergyManagement.Forecast | null {
    const blocks = this.ahead();
    if (blocks.length === 0) return null;
    const now = epochOf(this.now());
    const text = JSON.stringify(blocks.map(({ watts }) => Math.round(watts / 50)));
    if (text !== this.planned) {
      this.forecastId += 1;
      this.planned = text;
      this.plannedAt = now;
    }
    const seconds = blocks.reduce((sum, block) => sum + block.seconds, 0);
    return {
      forecastId: this.forecastId,
      activeSlotNumber: 0,
      startTime: this.plannedAt,
      endTime: now + Math.ceil(seconds),
      isPausable: false,
      slots: blocks.map(({ watts, minW, maxW, seconds: length }, i) => {
        const elapsed = i === 0 ? now - this.plannedAt : 0;
        const left = Math.ceil(length);
        return {
          ...{ minDuration: 0, maxDuration: left + elapsed, defaultDuration: left + elapsed },
          ...{ elapsedSlotTime: elapsed, remainingSlotTime: left },
          ...{ nominalPower: scaled(watts, 1000), minPower: scaled(minW, 1000), maxPower: scaled(maxW, 1000) },
          nominalEnergy: scaled((watts * length) / 3600, 1000),
        };
      }),
      forecastUpdateReason: ForecastUpdateReason.InternalOptimization,
    };
  }

  /** Attributes of a new device. W. */
  born(esaType: DeviceEnergyManagement.EsaType, minW: number, maxW: number) {
    return {
      ...{ esaType, esaCanGenerate: minW < 0, absMinPower: scaled(minW, 1000), absMaxPower: scaled(maxW, 1000) },
      ...this.attributes(),
    };
  }
}

const Adjustable = DeviceEnergyManagementServer.with("PowerAdjustment");
const Forecasting = DeviceEnergyManagementServer.with("PowerAdjustment", "PowerForecastReporting");

/** The commands, for either set of features: what they do to the device, and how it ends. */
class Commands {
  private readonly esa: PowerEsa;

  constructor(esa: PowerEsa) {
    this.esa = esa;
  }

  /** True when it starts, false when one that runs was changed. */
  adjust({ power, duration, cause }: DeviceEnergyManagement.PowerAdjustRequest): boolean {
    const { esa } = this;
    mustAllow(esa.optOut, cause);
    const range = esa.limits;
    if (!range) throw new StatusResponse.FailureError("it can't be adjusted now");
    const watts = Number(power) / 1000;
    mustHold(watts >= range.minW && watts <= range.maxW, `power is ${range.minW} to ${range.maxW} W`);
    mustHold(
      duration >= range.minSeconds && duration <= range.maxSeconds,
      `a duration is ${range.minSeconds} to ${range.maxSeconds} s`,
    );
    const now = epochOf(esa.now());
    const before = esa.adjustment;
    esa.adjustment = { watts, cause, began: before?.began ?? now, until: now + duration, wh: before?.wh ?? 0 };
    return before === undefined;
  }

  /** Ends what runs; what the event says of it. */
  end(cause: DeviceEnergyManagement.Cause): DeviceEnergyManagement.PowerAdjustEndEvent {
    const { adjustment, now } = this.esa;
    mustBe(adjustment !== undefined, "nothing is adjusted");
    this.esa.adjustment = undefined;
    const began = adjustment?.began ?? 0;
    return { cause, duration: Math.max(0, epochOf(now()) - began), energyUse: scaled(adjustment?.wh ?? 0, 1000) };
  }

  /** Why what runs has to end now, or undefined. */
  get over(): DeviceEnergyManagement.Cause | undefined {
    const { adjustment, optOut, now } = this.esa;
    if (!adjustment) return undefined;
    if (!allows(optOut, adjustment.cause)) return Cause.UserOptOut;
    if (this.esa.limits === null) return Cause.Offline;
    return epochOf(now()) >= adjustment.until ? Cause.NormalCompletion : undefined;
  }
}

/** A server for what can be adjusted but plans nothing. */
export function powerServer(esa: PowerEsa) {
  const commands = new Commands(esa);
  return class PowerServer extends Adjustable {
    override async initialize(): Promise<void> {
      (await this.agent.load(DescriptorServer)).addDeviceTypes("DeviceEnergyManagement");
    }

    override powerAdjustRequest(request: DeviceEnergyManagement.PowerAdjustRequest): void {
      const starts = commands.adjust(request);
      Object.assign(this.state, esa.attributes());
      if (starts) this.events.powerAdjustStart.emit(undefined, this.context);
    }

    override cancelPowerAdjustRequest(): void {
      this.ended(Cause.Cancelled);
    }

    /** The device's own clock, and what happened at it. */
    lookAgain(): void {
      const { over } = commands;
      if (over === undefined) Object.assign(this.state, esa.attributes());
      else this.ended(over);
    }

    private ended(cause: DeviceEnergyManagement.Cause): void {
      const event = commands.end(cause);
      Object.assign(this.state, esa.attributes());
      this.events.powerAdjustEnd.emit(event, this.context);
    }
  };
}

/** A server for what can be adjusted and tells what it is going to draw. */
export function forecastServer(esa: PowerEsa) {
  const commands = new Commands(esa);
  return class ForecastServer extends Forecasting {
    override async initialize(): Promise<void> {
      (await this.agent.load(DescriptorServer)).addDeviceTypes("DeviceEnergyManagement");
    }

    override powerAdjustRequest(request: DeviceEnergyManagement.PowerAdjustRequest): void {
      const starts = commands.adjust(request);
      this.tell();
      if (starts) this.events.powerAdjustStart.emit(undefined, this.context);
    }

    override cancelPowerAdjustRequest(): void {
      this.ended(Cause.Cancelled);
    }

    /** The device's own clock, and what happened at it. */
    lookAgain(): void {
      const { over } = commands;
      if (over === undefined) this.tell();
      else this.ended(over);
    }

    private ended(cause: DeviceEnergyManagement.Cause): void {
      const event = commands.end(cause);
      this.tell();
      this.events.powerAdjustEnd.emit(event, this.context);
    }

    private tell(): void {
      Object.assign(this.state, esa.attributes(), { forecast: esa.forecast() });
    }
  };
}

/** A hand on the device: `optOut` is "none", "local", "grid" or "all". */
export function optOutBy(esa: PowerEsa, word: unknown): void {
  esa.optOut = optOutOf(word) ?? esa.optOut;
}

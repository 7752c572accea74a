/** Device Energy Management of a machine with a programme: forecast, shifted start, pause (Matter Application Clusters 9.2). */
import { DescriptorServer } from "@matter/main/behaviors/descriptor";
import { DeviceEnergyManagementServer } from "@matter/main/behaviors/device-energy-management";
import { DeviceEnergyManagement } from "@matter/main/clusters/device-energy-management";
import { StatusResponse } from "@matter/main/types";
import type { Moment } from "../../firmware.ts";
import type { Program } from "../physics/program.ts";
import { epochOf, scaled } from "../product.ts";
import { allows, mustAllow, mustBe, mustHold, type OptOut } from "./opt-out.ts";

const { EsaState, ForecastUpdateReason, AdjustmentCause, Cause, OptOutState } = DeviceEnergyManagement;

const Base = DeviceEnergyManagementServer.with("PowerForecastReporting", "StartTimeAdjustment", "Pausable");

/** What the machine and its manager know together. */
export class ProgramEsa {
  readonly program: Program;
  readonly now: () => Moment;
  optOut: OptOut = OptOutState.NoOptOut;
  /** Rises with each forecast that differs from the one before in more than the time that has gone by. */
  forecastId = 1;
  reason = ForecastUpdateReason.InternalOptimization;
  pausedFor: DeviceEnergyManagement.AdjustmentCause | undefined;
  /** The start that the person chose. */
  chosenStart = 0;

  constructor(program: Program, now: () => Moment) {
    this.program = program;
    this.now = now;
  }

  /** The person loads it: starts at `startAt`, ready at `latestEnd` (epoch s). */
  load(startAt: number, latestEnd: number): void {
    this.program.load(startAt, latestEnd);
    this.chosenStart = startAt;
    this.changed(ForecastUpdateReason.InternalOptimization);
  }

  changed(reason: DeviceEnergyManagement.ForecastUpdateReason): void {
    this.reason = reason;
    this.forecastId += 1;
  }

  /** A manager chooses the start (epoch s); refused with the cluster's status. */
  shift(startAt: number, cause: DeviceEnergyManagement.AdjustmentCause): void {
    const { program } = this;
    mustAllow(this.optOut, cause);
    mustBe(this.state === EsaState.Online, "it is paused");
    if (program.stage === "done") throw new StatusResponse.FailureError("nothing is planned");
    mustBe(program.stage === "waiting", "it has started");
    mustHold(startAt >= epochOf(this.now()), "the start is in the past");
    mustHold(startAt + program.length <= program.latestEnd, "it would not be ready in time");
    program.startAt = startAt;
    this.changed(updateReason(cause));
  }

  /** A manager pauses it for so many seconds; refused with the cluster's status. */
  pause(seconds: number, cause: DeviceEnergyManagement.AdjustmentCause): void {
    const { program } = this;
    mustAllow(this.optOut, cause);
    mustBe(this.state === EsaState.Online, "it is paused already");
    const pause = program.stage === "running" ? program.current?.pause : undefined;
    if (!pause) throw new StatusResponse.FailureError("it can't be paused now");
    mustHold(seconds >= pause.min && seconds <= pause.max, `a pause is ${pause.min} to ${pause.max} s`);
    program.pause(epochOf(this.now()) + seconds);
    this.pausedFor = cause;
    this.changed(updateReason(cause));
  }

  /** The person's own plan again. */
  restore(): void {
    const { program } = this;
    if (program.stage === "waiting") program.startAt = Math.max(this.chosenStart, epochOf(this.now()));
    this.changed(ForecastUpdateReason.InternalOptimization);
  }

  /** What was adjusted against the person's choice is undone. */
  obeyOptOut(): void {
    if (this.reason === ForecastUpdateReason.InternalOptimization) return;
    const byGrid = this.reason === ForecastUpdateReason.GridOptimization;
    if (!allows(this.optOut, byGrid ? AdjustmentCause.GridOptimization : AdjustmentCause.LocalOptimization))
      this.restore();
  }

  get state(): DeviceEnergyManagement.EsaState {
    return this.pausedFor !== undefined && this.program.stage === "paused" ? EsaState.Paused : EsaState.Online;
  }

  /** The forecast attribute; null when nothing is planned. mW, mWh, s. */
  forecast(): DeviceEnergyManagement.Forecast | null {
    const { program } = this;
    if (program.stage === "done") return null;
    const started = program.stage !== "waiting";
    const now = epochOf(this.now());
    const slots = program.phases.map(({ watts, seconds, pause }, i) => {
      const done = !started || i > program.phase ? 0 : i < program.phase ? seconds : Math.round(program.elapsed);
      const power = scaled(watts, 1000);
      return {
        ...{ minDuration: seconds, maxDuration: seconds, defaultDuration: seconds },
        ...{ elapsedSlotTime: done, remainingSlotTime: seconds - done },
        slotIsPausable: pause !== null,
        ...{ minPauseDuration: pause?.min ?? 0, maxPauseDuration: pause?.max ?? 0 },
        ...{
          nominalPower: power,
          minPower: power,
          maxPower: power,
          nominalEnergy: scaled((watts * seconds) / 3600, 1000),
        },
      };
    });
    const paused = program.stage === "paused" ? Math.max(0, program.pausedUntil - now) : 0;
    return {
      forecastId: this.forecastId,
      activeSlotNumber: started ? program.phase : null,
      startTime: Math.floor(program.startAt),
      endTime: Math.floor(started ? now + paused + program.left : program.startAt + program.length),
      earliestStartTime: started ? Math.floor(program.startAt) : now,
      latestEndTime: Math.floor(program.latestEnd),
      isPausable: program.phases.some(({ pause }) => pause !== null),
      slots,
      forecastUpdateReason: this.reason,
    };
  }

  /** The attributes as they are now. */
  attributes() {
    return { esaState: this.state, optOutState: this.optOut, forecast: this.forecast() };
  }

  /** Attributes of a new machine. `watts`: the most that it draws. */
  born(esaType: DeviceEnergyManagement.EsaType, watts: number) {
    return { esaType, esaCanGenerate: false, absMinPower: 0, absMaxPower: scaled(watts, 1000), ...this.attributes() };
  }
}

const updateReason = (cause: DeviceEnergyManagement.AdjustmentCause) =>
  cause === AdjustmentCause.GridOptimization
    ? ForecastUpdateReason.GridOptimization
    : ForecastUpdateReason.LocalOptimization;

/** The cluster's server for that machine; also what its own clock and a hand on it do to the cluster. */
export function programServer(esa: ProgramEsa) {
  const { program } = esa;

  return class ProgramServer extends Base {
    override async initialize(): Promise<void> {
      (await this.agent.load(DescriptorServer)).addDeviceTypes("DeviceEnergyManagement");
    }

    override startTimeAdjustRequest({
      requestedStartTime,
      cause,
    }: DeviceEnergyManagement.StartTimeAdjustRequest): void {
      esa.shift(requestedStartTime, cause);
      this.tell();
    }

    override pauseRequest({ duration, cause }: DeviceEnergyManagement.PauseRequest): void {
      esa.pause(duration, cause);
      this.tell();
      this.events.paused.emit(undefined, this.context);
    }

    override resumeRequest(): void {
      mustBe(esa.state === EsaState.Paused, "it is not paused");
      program.resume();
      this.resumed(Cause.Cancelled);
    }

    override cancelRequest(): void {
      mustBe(esa.reason !== ForecastUpdateReason.InternalOptimization, "nothing was adjusted");
      const wasPaused = esa.state === EsaState.Paused;
      if (wasPaused) program.resume();
      if (wasPaused) this.resumed(Cause.Cancelled);
      esa.restore();
      this.tell();
    }

    /** Something happened at the machine itself: its attributes, and the end of a pause. */
    lookAgain(): void {
      if (esa.pausedFor !== undefined && program.stage !== "paused") this.resumed(Cause.NormalCompletion);
      else this.tell();
    }

    /** The person's own choice; what was adjusted against it ends. */
    optOut(optOut: OptOut): void {
      esa.optOut = optOut;
      if (esa.pausedFor !== undefined && !allows(optOut, esa.pausedFor)) {
        program.resume();
        this.resumed(Cause.UserOptOut);
      }
      esa.obeyOptOut();
      this.tell();
    }

    private resumed(cause: DeviceEnergyManagement.Cause): void {
      esa.pausedFor = undefined;
      esa.forecastId += 1;
      this.tell();
      this.events.resumed.emit({ cause }, this.context);
    }

    private tell(): void {
      Object.assign(this.state, esa.attributes());
    }
  };
}

/** What dishwashers and washing machines have in common: a programme, its manager, its meter and the operational state. */
import type { Endpoint } from "@matter/main";
import { OperationalStateServer } from "@matter/main/behaviors/operational-state";
import { DeviceEnergyManagement } from "@matter/main/clusters/device-energy-management";
import { OperationalState } from "@matter/main/clusters/operational-state";
import type { Moment } from "../../firmware.ts";
import { type Phase, Program } from "../physics/program.ts";
import { type Birth, epochOf, type Memory, numberIn, type Values } from "../product.ts";
import { Counter, showEnergy, showPower } from "./electrical.ts";
import { optOutOf } from "./opt-out.ts";
import { ProgramEsa, programServer } from "./program-esa.ts";

const { OperationalStateEnum: State, ErrorState } = OperationalState;
/** How long after the chosen end it may be ready at the latest, s. */
const patience = 10 * 3600;
/** The forecast's running seconds are told again after so many, s. */
const tellEvery = 60;

/** A machine and its servers; the kind puts them on its endpoint under the ids of their clusters. */
export class Machine {
  readonly program: Program;
  readonly esa: ProgramEsa;
  readonly Dem: ReturnType<typeof programServer>;
  readonly Operation: ReturnType<typeof operationServer>;
  private readonly counter: Counter;
  private told = "";
  private toldAt = 0;

  constructor(phases: readonly Phase[], { memory, now }: Birth, startInMinutes: number) {
    this.program = new Program(phases);
    this.esa = new ProgramEsa(this.program, now);
    this.Dem = programServer(this.esa);
    this.Operation = operationServer(this.esa);
    this.counter = new Counter(memory.imported ?? 0);
    if (memory.startAt === undefined) this.load(startInMinutes);
    else this.recall(memory);
  }

  get state(): Values {
    const { stage, startAt, watts, current } = this.program;
    return { stage, startAt, watts, phase: current?.name ?? null, imported: this.counter.imported / 1000 };
  }

  /** Attributes of OperationalState as they are now. */
  operation() {
    const { stage, phase } = this.program;
    const operationalState = stage === "running" ? State.Running : stage === "paused" ? State.Paused : State.Stopped;
    return { operationalState, currentPhase: this.program.current ? phase : 0 };
  }

  born() {
    return {
      phaseList: this.program.phases.map(({ name }) => name),
      operationalStateList: [State.Stopped, State.Running, State.Paused, State.Error].map((operationalStateId) => ({
        operationalStateId,
      })),
      operationalError: { errorStateId: ErrorState.NoError },
      ...this.operation(),
    };
  }

  load(minutes: number): void {
    const at = epochOf(this.esa.now()) + minutes * 60;
    this.esa.load(at, at + this.program.length + patience);
  }

  async set(endpoint: Endpoint, values: Values): Promise<void> {
    const minutes = numberIn(values, "startInMinutes");
    if (minutes !== undefined && minutes >= 0) this.load(minutes);
    if (values.stop === true) this.program.stop();
    const optOut = optOutOf(values.optOut);
    await endpoint.act((agent) => {
      const server = agent.get(this.Dem);
      if (optOut !== undefined) server.optOut(optOut);
      server.lookAgain();
    });
  }

  step(seconds: number, now: Moment): void {
    const before = this.program.stage;
    const wh = this.program.step(seconds, now.wall / 1000);
    this.counter.add((wh * 3600) / seconds, seconds);
    // What was adjusted is over with the programme.
    if (before !== "done" && this.program.stage === "done")
      this.esa.changed(DeviceEnergyManagement.ForecastUpdateReason.InternalOptimization);
  }

  async show(endpoint: Endpoint, now: Moment): Promise<void> {
    await showPower(endpoint, this.program.watts, 230);
    await showEnergy(endpoint, this.counter, now);
    const { stage, phase } = this.program;
    const text = `${stage} ${phase} ${this.esa.forecastId}`;
    if (text === this.told && now.elapsed - this.toldAt < tellEvery) return;
    const ended = this.told !== "" && !this.told.startsWith("done") && stage === "done";
    this.told = text;
    this.toldAt = now.elapsed;
    await endpoint.setStateOf("operationalState", this.operation());
    await endpoint.act((agent) => {
      agent.get(this.Dem).lookAgain();
      if (ended) agent.get(this.Operation).completed();
    });
  }

  memory(): Memory {
    const { startAt, latestEnd, phase, elapsed, pausedUntil, stage } = this.program;
    const stageNumber = stages.indexOf(stage);
    return { startAt, latestEnd, phase, elapsed, pausedUntil, stage: stageNumber, imported: this.counter.imported };
  }

  /** A machine whose power comes back goes on where it was. */
  private recall(memory: Memory): void {
    const { program } = this;
    program.load(memory.startAt ?? 0, memory.latestEnd ?? 0);
    this.esa.chosenStart = program.startAt;
    program.stage = stages[memory.stage ?? 3] ?? "done";
    program.phase = memory.phase ?? 0;
    program.elapsed = memory.elapsed ?? 0;
    program.pausedUntil = memory.pausedUntil ?? 0;
  }
}

const stages = ["waiting", "running", "paused", "done"] as const;

/** Start, stop, pause and resume as the buttons at the machine do (Matter Application Clusters 1.14). */
function operationServer(esa: ProgramEsa) {
  const { program } = esa;
  return class OperationServer extends OperationalStateServer {
    override start(): OperationalState.OperationalCommandResponse {
      if (program.stage === "running") return this.answer(true);
      if (program.stage === "paused") return this.resume();
      const now = epochOf(esa.now());
      if (program.stage === "done") program.load(now, now + program.length);
      program.startAt = now;
      esa.changed(DeviceEnergyManagement.ForecastUpdateReason.InternalOptimization);
      return this.answer(true);
    }

    override stop(): OperationalState.OperationalCommandResponse {
      program.stop();
      return this.answer(true);
    }

    override pause(): OperationalState.OperationalCommandResponse {
      if (program.stage !== "running" && program.stage !== "paused") return this.answer(false);
      program.pause(Number.MAX_SAFE_INTEGER);
      return this.answer(true);
    }

    override resume(): OperationalState.OperationalCommandResponse {
      if (program.stage !== "paused" && program.stage !== "running") return this.answer(false);
      program.resume();
      return this.answer(true);
    }

    completed(): void {
      this.events.operationCompletion?.emit({ completionErrorCode: ErrorState.NoError }, this.context);
    }

    private answer(done: boolean): OperationalState.OperationalCommandResponse {
      const { stage } = program;
      this.state.operationalState =
        stage === "running" ? State.Running : stage === "paused" ? State.Paused : State.Stopped;
      return {
        commandResponseState: { errorStateId: done ? ErrorState.NoError : ErrorState.CommandInvalidInState },
      };
    }
  };
}

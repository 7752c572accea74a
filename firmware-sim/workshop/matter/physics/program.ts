/** A household machine with a programme of phases: when it starts, whether it is paused, and what it draws. Pure. */

export interface Phase {
  readonly name: string;
  /** W while it runs. */
  readonly watts: number;
  readonly seconds: number;
  /** Seconds that it may be paused at a time; null: it may not. */
  readonly pause: { readonly min: number; readonly max: number } | null;
}

export type Stage = "waiting" | "running" | "paused" | "done";

/** What it draws when it waits, is paused or has ended, W. */
const idle: Readonly<Record<Exclude<Stage, "running">, number>> = { waiting: 1.5, paused: 2.5, done: 0.4 };

export class Program {
  readonly phases: readonly Phase[];
  stage: Stage = "done";
  /** Epoch seconds: when it starts or started, and when it has to be ready. */
  startAt = 0;
  latestEnd = 0;
  /** The phase that runs or is paused, and the seconds of it that are done. */
  phase = 0;
  elapsed = 0;
  /** Epoch seconds at which a pause ends by itself. */
  pausedUntil = 0;

  constructor(phases: readonly Phase[]) {
    this.phases = phases;
  }

  /** Loads it: begins at `startAt`, has to be ready at `latestEnd` (epoch s). */
  load(startAt: number, latestEnd: number): void {
    this.stage = "waiting";
    this.startAt = startAt;
    this.latestEnd = Math.max(latestEnd, startAt + this.length);
    this.phase = 0;
    this.elapsed = 0;
  }

  /** Seconds that it runs. */
  get length(): number {
    return this.phases.reduce((sum, { seconds }) => sum + seconds, 0);
  }

  /** Seconds that are left to run. */
  get left(): number {
    if (this.stage === "waiting") return this.length;
    if (this.stage === "done") return 0;
    return this.phases.slice(this.phase).reduce((sum, { seconds }) => sum + seconds, 0) - this.elapsed;
  }

  get current(): Phase | undefined {
    return this.stage === "running" || this.stage === "paused" ? this.phases[this.phase] : undefined;
  }

  get watts(): number {
    return this.stage === "running" ? (this.phases[this.phase]?.watts ?? 0) : idle[this.stage];
  }

  pause(until: number): void {
    if (this.stage !== "running") return;
    this.stage = "paused";
    this.pausedUntil = until;
  }

  resume(): void {
    if (this.stage === "paused") this.stage = "running";
  }

  stop(): void {
    this.stage = "done";
  }

  /** Lets `seconds` go by that end at `now` (epoch s); Wh that it drew. */
  step(seconds: number, now: number): number {
    let at = now - seconds;
    let wh = 0;
    // A step may hold the end of a pause, a start and several phases.
    while (at < now) {
      const part = Math.min(now - at, this.untilChange(at));
      wh += (this.watts * part) / 3600;
      this.pass(part);
      at += part;
      if (this.stage === "waiting" && at >= this.startAt) this.stage = "running";
      if (this.stage === "paused" && at >= this.pausedUntil) this.stage = "running";
    }
    return wh;
  }

  /** Seconds until something changes by itself. */
  private untilChange(at: number): number {
    if (this.stage === "waiting") return Math.max(0.001, this.startAt - at);
    if (this.stage === "paused") return Math.max(0.001, this.pausedUntil - at);
    const phase = this.phases[this.phase];
    return this.stage === "running" && phase ? Math.max(0.001, phase.seconds - this.elapsed) : Number.POSITIVE_INFINITY;
  }

  private pass(seconds: number): void {
    if (this.stage !== "running") return;
    this.elapsed += seconds;
    const phase = this.phases[this.phase];
    if (phase && this.elapsed < phase.seconds - 1e-6) return;
    this.elapsed = 0;
    this.phase += 1;
    if (this.phase >= this.phases.length) this.stage = "done";
  }
}

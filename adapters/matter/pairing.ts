import type { NodeId } from "../../hub/model/path.ts";
import type { PairingJob } from "../../hub/ports.ts";
import { checkPairingCode } from "./pairing-code.ts";
import type { FromProcess, ToProcess } from "./protocol.ts";

/** The last so many jobs are kept to be shown; older ones are dropped. */
const KEPT = 20;
/** A running job without an end after so long is given up: searching and pairing have shorter limits of their own. */
const LONGEST_MS = 240_000;

export interface PairingOptions {
  readonly send: (message: ToProcess) => boolean;
  /** Called on every step. */
  readonly changed: (job: PairingJob) => void;
  readonly searchMs: number;
  /** Keeps the ids of this run apart from those of the last. */
  readonly idPrefix: string;
}

/** The pairing jobs: one at a time, since a fabric changes by one device at a time. */
export class PairingJobs {
  readonly #options: PairingOptions;
  #jobs: PairingJob[] = [];
  #count = 0;
  #limit: NodeJS.Timeout | undefined;

  constructor(options: PairingOptions) {
    this.#options = options;
  }

  get jobs(): readonly PairingJob[] {
    return this.#jobs;
  }

  /** A code that can't be one is refused at once, naming the field; so is a second job beside a running one. */
  start(code: string): PairingJob {
    const id = `${this.#options.idPrefix}-${++this.#count}`;
    const checked = checkPairingCode(code);
    if (!checked.ok) return this.#fail({ id, state: "running", step: "Checking the code" }, checked.reason);
    if (this.#jobs.some((job) => job.state === "running"))
      return this.#fail(
        { id, state: "running", step: "Waiting" },
        "Another device is being paired. Wait until that is done, then try again.",
      );
    const job = this.#put({ id, state: "running", step: "Starting" });
    const told = this.#options.send({
      kind: "commission",
      job: id,
      code: checked.code,
      searchMs: this.#options.searchMs,
    });
    if (!told) return this.#fail(job, "The Matter part of the hub is restarting. Try again in a minute.");
    this.#limit = setTimeout(() => this.lost("Pairing took too long and was given up."), LONGEST_MS);
    this.#limit.unref();
    return job;
  }

  take(message: Extract<FromProcess, { readonly job: string }>): void {
    const job = this.#jobs.find(({ id, state }) => id === message.job && state === "running");
    if (!job) return;
    if (message.kind === "step") this.#put({ ...job, step: message.step });
    else if (message.kind === "failed") this.#fail(job, message.problem);
    else this.#done(job, message.node);
  }

  /** Ends what is running, because the process is gone or too slow. */
  lost(problem: string): void {
    for (const job of this.#jobs) if (job.state === "running") this.#fail(job, problem);
  }

  close(): void {
    clearTimeout(this.#limit);
  }

  #done(job: PairingJob, node: NodeId): void {
    clearTimeout(this.#limit);
    this.#put({ ...job, state: "done", step: "Paired", node });
  }

  #fail(job: PairingJob, problem: string): PairingJob {
    if (job.step !== "Waiting") clearTimeout(this.#limit);
    return this.#put({ ...job, state: "failed", problem });
  }

  #put(job: PairingJob): PairingJob {
    this.#jobs = [job, ...this.#jobs.filter(({ id }) => id !== job.id)].slice(0, KEPT);
    this.#options.changed(job);
    return job;
  }
}

import type { NodeId } from "../../hub/model/path.ts";
import type { PairingJob, Wifi } from "../../hub/ports.ts";
import { checkPairingCode } from "./pairing-code.ts";
import type { FromProcess, ToProcess } from "./protocol.ts";

/** The last so many jobs are kept to be shown; older ones are dropped. */
const KEPT = 20;
/** A running job without an end after so long is given up: searching and pairing have shorter limits of their own. */
const LONGEST_MS = 420_000;

const UNPROVEN =
  "This device did not prove that it is a genuine, certified one. Pair it only if you know where it comes from, as with a " +
  "device you built yourself. Take it into your home?";

const busy = ({ state }: PairingJob): boolean => state === "running" || state === "asking";

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
  start(code: string, wifi?: Wifi): PairingJob {
    const id = `${this.#options.idPrefix}-${++this.#count}`;
    const checked = checkPairingCode(code);
    if (!checked.ok) return this.#fail({ id, state: "running", step: "Checking the code", done: 0 }, checked.reason);
    if (this.#jobs.some(busy))
      return this.#fail(
        { id, state: "running", step: "Waiting", done: 0 },
        "Another device is being paired. Wait until that is done, then try again.",
      );
    const job = this.#put({ id, state: "running", step: "Starting", done: 0 });
    const told = this.#options.send({
      kind: "commission",
      job: id,
      code: checked.code,
      searchMs: this.#options.searchMs,
      ...(wifi ? { wifi } : {}),
    });
    if (!told) return this.#fail(job, "The Matter part of the hub is restarting. Try again in a minute.");
    this.#limit = setTimeout(() => this.lost("Pairing took too long and was given up."), LONGEST_MS);
    this.#limit.unref();
    return job;
  }

  /** False where nothing is asked. */
  answer(id: string, accept: boolean): boolean {
    const job = this.#jobs.find((candidate) => candidate.id === id && candidate.state === "asking");
    if (!job) return false;
    const { question: _, ...rest } = job;
    this.#put({ ...rest, state: "running", step: accept ? "You accepted the device" : "You refused the device" });
    return this.#options.send({ kind: "decide", job: id, accept });
  }

  /** The job ends when the process has left the device as it was. False for one that does not run. */
  cancel(id: string): boolean {
    const job = this.#jobs.find((candidate) => candidate.id === id && busy(candidate));
    if (!job) return false;
    const { question: _, ...rest } = job;
    this.#put({ ...rest, state: "running", step: "Cancelling" });
    return this.#options.send({ kind: "cancel", job: id });
  }

  take(message: Extract<FromProcess, { readonly job: string }>): void {
    const job = this.#jobs.find((candidate) => candidate.id === message.job && busy(candidate));
    if (!job) return;
    switch (message.kind) {
      case "step":
        this.#put({ ...job, step: message.step, done: Math.max(job.done, message.done) });
        break;
      case "asking":
        this.#put({
          ...job,
          state: "asking",
          question: { text: UNPROVEN, findings: message.findings, until: message.until },
        });
        break;
      case "failed":
        this.#fail(job, message.problem, message.cancelled ? "cancelled" : "failed");
        break;
      case "commissioned":
        this.#done(job, message.node);
    }
  }

  /** Ends what is running, because the process is gone or too slow. */
  lost(problem: string): void {
    for (const job of this.#jobs) if (busy(job)) this.#fail(job, problem);
  }

  close(): void {
    clearTimeout(this.#limit);
  }

  #done(job: PairingJob, node: NodeId): void {
    clearTimeout(this.#limit);
    const { question: _, ...rest } = job;
    this.#put({ ...rest, state: "done", step: "Paired", done: 1, node });
  }

  #fail(job: PairingJob, problem: string, state: "failed" | "cancelled" = "failed"): PairingJob {
    if (job.step !== "Waiting") clearTimeout(this.#limit);
    const { question: _, ...rest } = job;
    return this.#put({ ...rest, state, problem });
  }

  #put(job: PairingJob): PairingJob {
    this.#jobs = [job, ...this.#jobs.filter(({ id }) => id !== job.id)].slice(0, KEPT);
    this.#options.changed(job);
    return job;
  }
}

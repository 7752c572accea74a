import type { ToProcess } from "../protocol.ts";
import type { MatterHost } from "./host.ts";
import { withoutSecrets } from "./journal.ts";
import type { Outbox } from "./outbox.ts";
import { type StepName, steps } from "./steps.ts";

/** A person has so long to say whether an unproven device is welcome; the device's own fail-safe is kept wound meanwhile. */
const ASK_MS = 120_000;

interface Running {
  readonly abort: AbortController;
  decide: (accept: boolean) => void;
}

/** Carries the pairings of this process: tells of their steps, asks a person, and lets them be cancelled. */
export class PairingDesk {
  readonly #outbox: Outbox;
  readonly #host: () => Promise<MatterHost | undefined>;
  readonly #running = new Map<string, Running>();

  constructor(outbox: Outbox, host: () => Promise<MatterHost | undefined>) {
    this.#outbox = outbox;
    this.#host = host;
  }

  async commission({ job, code, searchMs, wifi }: Extract<ToProcess, { kind: "commission" }>): Promise<void> {
    const running: Running = { abort: new AbortController(), decide: () => undefined };
    this.#running.set(job, running);
    const { signal } = running.abort;
    let last: StepName | undefined;
    const fail = (problem: string) =>
      this.#outbox.send({ kind: "failed", job, problem, ...(signal.aborted ? { cancelled: true as const } : {}) });
    try {
      const host = await this.#host();
      if (!host) return fail("Matter can't start; the hub's log says why.");
      const outcome = await host.commission({
        code,
        searchMs,
        signal,
        ...(wifi ? { wifi } : {}),
        step: (name) => {
          if (name === last) return;
          last = name;
          const [step, done] = steps[name];
          this.#outbox.send({ kind: "step", job, step, done });
        },
        ask: (findings) => this.#ask(job, running, findings),
      });
      if (outcome.ok) this.#outbox.send({ kind: "commissioned", job, node: outcome.node });
      else fail(outcome.problem);
    } catch (error) {
      fail(`Pairing failed: ${withoutSecrets(error instanceof Error ? error.message : String(error))}`);
    } finally {
      this.#running.delete(job);
    }
  }

  decide(job: string, accept: boolean): void {
    this.#running.get(job)?.decide(accept);
  }

  cancel(job: string): void {
    const running = this.#running.get(job);
    running?.abort.abort();
    running?.decide(false);
  }

  /** Resolves with false when nobody answers in time. */
  #ask(job: string, running: Running, findings: readonly string[]): Promise<boolean> {
    return new Promise((resolve) => {
      const finish = (accept: boolean): void => {
        clearTimeout(timer);
        running.decide = () => undefined;
        resolve(accept);
      };
      const timer = setTimeout(() => finish(false), ASK_MS);
      running.decide = finish;
      this.#outbox.send({ kind: "asking", job, findings, until: Date.now() + ASK_MS });
    });
  }
}

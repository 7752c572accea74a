import { basename } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { ImportDryRun, ImportList, ProblemDetails } from "../../http/schemas.ts";
import type { FoundWithChoices, Job, TableLook } from "../../ports.ts";
import { UsageError } from "../usage-error.ts";
import type { House, Tell, Wanted } from "./house.ts";
import { notBroughtIn } from "./work.ts";

const LOOK_MS = 500;

type Ask = (method: string, path: string, body?: unknown) => Promise<Response>;

/** The house behind a running hub, through its API. */
export async function signIn(url: string, name: string, password: string): Promise<House> {
  const base = url.replace(/\/+$/, "");
  let cookie = "";
  const ask: Ask = async (method, path, body) => {
    const answer = await fetch(`${base}/api${path}`, {
      method,
      headers: { "content-type": "application/json", ...(cookie ? { cookie } : {}) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch(() => {
      throw new UsageError("no-hub", `No hub answers at ${base}.`, "check the address, and whether the hub runs");
    });
    if (!answer.ok) throw await refusal(answer);
    return answer;
  };
  const answer = await ask("POST", "/session", { name, password });
  cookie = answer.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  return houseBehind(ask);
}

async function refusal(answer: Response): Promise<UsageError> {
  const problem = (await answer.json().catch(() => undefined)) as ProblemDetails | undefined;
  const field = problem?.errors?.[0];
  const words = field ? `${field.field}: ${field.message}` : (problem?.title ?? `the hub answered ${answer.status}`);
  return new UsageError("refused", words, problem?.detail ?? "run `inglenook import FILE` alone, or add --help");
}

const json = async <T>(answer: Promise<Response>): Promise<T> => (await (await answer).json()) as T;

function houseBehind(ask: Ask): House {
  /** Follows what matches, until `until` is settled or the job has ended. */
  const follow = async (isIt: (job: Job) => boolean, tell: Tell, stop: AbortSignal, over: () => boolean) => {
    for (let stopped = false; ; await pause(LOOK_MS)) {
      const { jobs } = await json<{ jobs: readonly Job[] }>(ask("GET", "/jobs"));
      const job = jobs.findLast(isIt);
      if (job) tell(job.done, job.detail);
      if (job && job.state !== "running") return job;
      if (over()) return undefined;
      if (job && stop.aborted && !stopped) {
        stopped = true;
        await ask("DELETE", `/jobs/${job.id}`).catch(() => undefined);
      }
    }
  };
  return {
    exported,
    place: async (path) => basename(path),
    timeZone: async () => (await json<{ settings: { timeZone: string } }>(ask("GET", "/home"))).settings.timeZone,
    look: (file) => json<TableLook>(ask("POST", "/imports/look", { file })),
    preview: async (source) =>
      (await json<{ series: readonly FoundWithChoices[] }>(ask("POST", "/imports/preview", source))).series,
    async dryRun(wish, tell, stop) {
      let over = false;
      const known = new Set((await json<{ jobs: readonly Job[] }>(ask("GET", "/jobs"))).jobs.map(({ id }) => id));
      const trying = json<ImportDryRun>(ask("POST", "/imports/dry-run", wish)).finally(() => {
        over = true;
      });
      trying.catch(() => undefined);
      await follow(
        ({ id }) => id.startsWith("import-try-") && !known.has(id),
        tell,
        stop,
        () => over,
      );
      return (await trying).runs;
    },
    async bringIn(wish, tell, stop) {
      const { id } = await json<{ id: string }>(ask("POST", "/imports", wish));
      const job = await follow(
        (one) => one.id === id,
        tell,
        stop,
        () => false,
      );
      if (job?.state === "failed") throw notBroughtIn(job.detail);
      return job?.state === "cancelled" ? undefined : job?.detail;
    },
    batches: async () => (await json<ImportList>(ask("GET", "/imports"))).batches,
    async remove(batch) {
      await ask("DELETE", `/imports/${encodeURIComponent(batch)}`);
      return true;
    },
    close: async () => void (await ask("DELETE", "/session").catch(() => undefined)),
  };

  async function exported({ format, resolution, keys, from, to }: Wanted): Promise<AsyncIterable<Uint8Array>> {
    const query = new URLSearchParams({ format, resolution });
    if (from !== undefined) query.set("from", from);
    if (to !== undefined) query.set("to", to);
    for (const key of keys) query.append("key", key);
    const { body } = await ask("GET", `/export?${query}`);
    if (!body) throw new UsageError("refused", "The hub sent nothing.", "try again");
    return piecesOf(body);
  }
}

async function* piecesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    // Where nobody reads on, the hub stops too.
    await reader.cancel().catch(() => undefined);
  }
}

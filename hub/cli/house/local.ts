import { copyFileSync, existsSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { seriesOf } from "../../http/export-series.ts";
import { TIME_WORDS, timeOf } from "../../http/history-query.ts";
import { createBus } from "../../main/bus.ts";
import { createClock } from "../../main/clock.ts";
import { entryPath } from "../../main/entries.ts";
import { isFault } from "../../main/fault.ts";
import { createImports } from "../../main/imports.ts";
import { createJobs } from "../../main/jobs.ts";
import { restoreState } from "../../main/restore.ts";
import type { Job, Store } from "../../ports.ts";
import { openStore } from "../../storage/open.ts";
import { UsageError } from "../usage-error.ts";
import type { House, Tell, Wanted } from "./house.ts";
import { notBroughtIn } from "./work.ts";

const quiet = {
  info() {},
  warn(_: object, message: string) {
    console.error(message);
  },
  error(_: object, message: string) {
    console.error(message);
  },
};

/** A house in a folder that no hub has: its lock is held until `close`. */
export function openFolder(data: string): House {
  if (!existsSync(join(data, "hub.db")))
    throw new UsageError("no-house", `There is no house in ${data}.`, "give its folder with --data DIR");
  const clock = createClock();
  const store = opened(data, clock);
  const state = restoreState(store, 1);
  const bus = createBus((error) => console.error(String(error)));
  const jobs = createJobs(bus);
  const imports = createImports({ data, state, store, clock, jobs });
  const copies: string[] = [];
  /** Follows the job that `begin` starts, to its end. */
  const follow = async <T>(tell: Tell, stop: AbortSignal, begin: () => Promise<T>) => {
    let last: Job | undefined;
    let ended: (() => void) | undefined;
    const over = new Promise<void>((done) => {
      ended = done;
    });
    const halt = () => last && jobs.cancel(last.id);
    const end = bus.subscribe((event) => {
      if (event.type !== "job") return;
      last = event.job;
      tell(last.done, last.detail);
      if (stop.aborted && last.state === "running") jobs.cancel(last.id);
      if (last.state !== "running") ended?.();
    });
    stop.addEventListener("abort", halt);
    try {
      const answer = await refusals(begin);
      await over;
      return { answer, job: last };
    } finally {
      stop.removeEventListener("abort", halt);
      end();
    }
  };
  return {
    exported: (wanted) => exported(store, state.home, wanted, clock.now()),
    place: async (path) => placed(imports.list().folder, path, copies),
    timeZone: async () => state.home.settings.timeZone,
    look: (file) => refusals(() => imports.look(file)),
    preview: (source) => refusals(() => imports.preview(source)),
    dryRun: async (wish, tell, stop) => (await follow(tell, stop, () => imports.dryRun(wish))).answer,
    async bringIn(wish, tell, stop) {
      const { job } = await follow(tell, stop, () => imports.start(wish, "command line"));
      if (job?.state === "failed") throw notBroughtIn(job.detail);
      return job?.state === "cancelled" ? undefined : job?.detail;
    },
    batches: async () => imports.list().batches,
    remove: (batch) => refusals(() => imports.remove(batch, "command line")),
    async close() {
      await store.close();
      for (const copy of copies) rmSync(copy, { force: true });
    },
  };
}

function opened(data: string, clock: { now(): number }): Store {
  try {
    return openStore(data, { log: quiet, clock, workerEntry: entryPath("history-worker") });
  } catch (error) {
    if (!isFault(error) || error.code !== "in-use") throw error;
    throw new UsageError(
      "in-use",
      `${error.message}.`,
      "let that hub do it: add --hub http://ADDRESS:4477 --name NAME, and the password by INGLENOOK_PASSWORD",
    );
  }
}

/** The rooms refuse with RangeErrors that name a field; here it is told with what to do. */
async function refusals<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(
      "refused",
      error.message,
      "run `inglenook import FILE` alone to see what is in it, or add --help",
    );
  }
}

async function exported(
  store: Store,
  home: Parameters<typeof seriesOf>[0],
  { format, resolution, keys, ...times }: Wanted,
  now: number,
): Promise<AsyncIterable<Uint8Array>> {
  const moment = (name: "from" | "to", otherwise: number) => {
    const text = times[name];
    const at = text === undefined ? otherwise : timeOf(text);
    if (at !== undefined) return at;
    throw new UsageError("bad-time", `--${name}: ${TIME_WORDS}.`, "write it like 2026-01-31 or 2026-01-31T12:00:00Z");
  };
  const [from, to] = [moment("from", 0), moment("to", now)];
  if (to <= from) throw new UsageError("bad-time", "--to: must be later than --from.", "turn them round");
  const stored = (await store.extents()).map(({ key }) => key);
  const wrong = keys.find((key) => !stored.includes(key));
  if (wrong !== undefined)
    throw new UsageError(
      "no-key",
      `--key: there is no history of ${wrong}.`,
      "leave --key out to see all that there are",
    );
  const series = seriesOf(home, [...(keys.length > 0 ? keys : stored)].sort());
  const { timeZone } = home.settings;
  const bytes = store.exportHistory({ format, resolution, series, from, to, timeZone });
  if (!bytes) throw new UsageError("busy", "Two exports are under way.", "wait until one of them has ended");
  return bytes;
}

/** A table or a database of elsewhere is copied into the folder for as long as it is brought in. */
function placed(folder: string, path: string, copies: string[]): string {
  const name = basename(path);
  const inside = join(folder, name);
  const whole = existsSync(path) ? resolve(path) : inside;
  if (dirname(whole) === resolve(folder)) return name;
  if (existsSync(inside))
    throw new UsageError("there-already", `There is another ${name} in ${folder}.`, "give one of the two another name");
  if ((statSync(`${whole}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0)
    throw new UsageError(
      "written-to",
      `${whole} is being written to: beside it lies ${name}-wal.`,
      "stop Home Assistant first, or take the file out of one of its backups",
    );
  copyFileSync(whole, inside);
  // A database may get company while it is read.
  copies.push(inside, `${inside}-wal`, `${inside}-shm`);
  return name;
}

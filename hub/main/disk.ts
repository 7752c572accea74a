import { type Problem, problemKey } from "../model/finding.ts";
import type { Clock, StorageTrouble, Store } from "../ports.ts";
import type { Input } from "../step.ts";

const LOOK_MS = 2_000;
/** Another program may hold the file for a moment. */
const PATIENT_MS = 5_000;
/** While it lasts it is told anew this often, with how much waits. */
const AGAIN_MS = 60_000;

interface DiskParts {
  readonly store: Pick<Store, "trouble" | "rescue">;
  readonly clock: Clock;
  readonly put: (input: Input) => boolean;
}

/** Tells people as findings what is wrong with the disk beneath the hub, and takes it back by itself when it is over. */
export function watchDisk({ store, clock, put }: DiskParts, lookMs = LOOK_MS): { stop(): void } {
  let told: { readonly problem: Problem; readonly at: number } | undefined;
  const tell = (problem: Problem) => put({ kind: "problem", problem, at: clock.now() });
  const over = (problem: Problem) =>
    put({ kind: "findingSet", key: problemKey(problem), state: "fixed", by: "hub", at: clock.now() });
  if (store.rescue) tell(rescueProblem(store.rescue));
  const look = () => {
    const trouble = store.trouble();
    const now = clock.now();
    if (trouble?.code === "in-use" && now - trouble.since < PATIENT_MS) return;
    const problem = trouble && problemOf(trouble);
    if (told && told.problem.code !== problem?.code) {
      over(told.problem);
      told = undefined;
    }
    if (!problem || (told && performance.now() - told.at < AGAIN_MS)) return;
    tell(problem);
    told = { problem, at: performance.now() };
  };
  const timer = setInterval(look, lookMs);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

const count = (n: number): string => n.toLocaleString("en");

function problemOf({ code, message, fix, since, waiting, lost }: StorageTrouble): Problem {
  const costs =
    code === "damaged"
      ? "What lies there can't be read; everything else goes on, and devices are switched as before."
      : `Devices and rules go on. Nothing new can be saved: settings are refused, ${count(waiting)} readings wait in memory${lost > 0 ? `, ${count(lost)} were lost` : ", none is lost yet"}.`;
  const help =
    code === "damaged"
      ? "Restart the hub: it puts the damaged file aside, copies all that can be read, and says what is lost."
      : fix;
  return {
    code: `storage-${code}`,
    message: `Since ${new Date(since).toISOString().slice(0, 16).replace("T", " ")} UTC: ${message}. ${costs}`,
    fix: help,
  };
}

const rescueProblem = ({ aside, lost }: NonNullable<Store["rescue"]>): Problem => ({
  code: "storage-rescued",
  message: `The hub's database was damaged. All that could be read was copied into a fresh one. ${lost.length > 0 ? `Lost: ${lost.join(". ")}` : "Nothing was lost"}.`,
  fix: `The damaged file was kept as ${aside}: keep it until nothing is missed, then delete it. Damage mostly means a dying card or disk: have a new one ready.`,
});

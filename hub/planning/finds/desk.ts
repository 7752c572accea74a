/** The desk of finds: searches the home's past once a day and when asked, keeps what was found, and remembers what people do not care for. */
import { asIfAlways } from "../../energy/bill/as-if-always.ts";
import { partsOf } from "../../energy/parts.ts";
import type { AuditEntry } from "../../model/audit.ts";
import type { Find, Finds } from "../../model/find.ts";
import type { Goal } from "../../model/goal/index.ts";
import type { Home } from "../../model/home.ts";
import type { LearnedLoads } from "../../model/learned.ts";
import type { Wish } from "../../model/plan.ts";
import type { Preference } from "../../model/preference.ts";
import type { PricedTariff } from "../../model/tariff.ts";
import { findsHeeded, wanted } from "../../planner/heeded.ts";
import { mining } from "../../planner/miners/index.ts";
import { mined } from "../../planner/miners/mined.ts";
import { ordered } from "../../planner/miners/order.ts";
import { findQuestion, readTelling } from "../../planner/miners/telling.ts";
import type { FindsDesk } from "../../ports/finds.ts";
import type { LanguageModel, Store } from "../../ports.ts";
import { Cancelled, drive, type Pace } from "../drive.ts";
import { minersPast } from "./past.ts";

interface FindsParts {
  readonly home: () => Home;
  readonly store: Store;
  readonly now: () => number;
  readonly tariff: () => PricedTariff;
  readonly languageModel: LanguageModel;
  readonly loads: () => Promise<LearnedLoads>;
  /** Wishes so far, for what this home cares about. */
  readonly wishes: () => readonly Wish[];
  /** A wish of these goals that waits to be confirmed. Throws RangeError where they do not fit. */
  readonly offer: (goals: readonly Goal[], text: string, by: string) => Wish;
  readonly audit: (entry: Omit<AuditEntry, "id">) => void;
  readonly yieldNow: () => Promise<void>;
  /** Shows a long piece of work that can be cancelled. */
  readonly job: (title: string, cancel: () => void) => Progress;
}

interface Progress {
  progress(done: number, detail: string): void;
  end(state: "done" | "failed" | "cancelled", detail: string): void;
}

export interface FindsRoom extends FindsDesk {
  /** Searches where a day has gone since the last time. Call it now and then. */
  due(): void;
  /** Resolves when no search is under way. */
  idle(): Promise<void>;
  stop(): void;
}

const DAY_MS = 86_400_000;
/** A model's whole answer, tokens and ms; a Pi writes some four tokens a second. */
const MAX_TOKENS = 700;
const MODEL_MS = 180_000;
/** Ids of finds that are remembered as not interesting; the oldest go. */
const MAX_DISMISSED = 200;
const MAX_TITLE = 200;

/** Goals that a person has confirmed, the newest wish first. */
const wished = ({ wishes }: FindsParts): readonly Goal[] =>
  wishes()
    .filter(({ state }) => state === "planning" || state === "done")
    .toSorted((a, b) => b.at - a.at)
    .flatMap(({ goals }) => goals);

const kindsOf = (goals: readonly Goal[]): Goal["kind"][] => goals.map(({ kind }) => kind);

/** By the wishes and preferences of this moment: what was said after the search counts at once. */
function inOrder(parts: FindsParts, all: Finds): Finds {
  const { finds, by } = ordered(all.finds, wished(parts));
  return { ...all, finds: findsHeeded(finds, wanted(parts.store.list<Preference>("preference"))), rankedBy: by };
}

async function told(parts: FindsParts, found: Finds, signal: AbortSignal): Promise<Finds> {
  const model = parts.languageModel.ready();
  if (model === undefined || found.finds.length < 2) return found;
  const { currency } = parts.home().settings;
  const goals = wished(parts);
  // Asked about those that people will see first; its answer names places of that very list.
  const { finds } = ordered(found.finds, goals);
  const question = findQuestion(finds, kindsOf(goals), currency);
  const answer = await parts.languageModel.ask({ ...question, maxTokens: MAX_TOKENS, timeoutMs: MODEL_MS }, signal);
  if (!answer.ok) return { ...found, notes: [`the language model gave no answer (${answer.reason})`] };
  const { words, refused } = readTelling(answer.text, finds, currency);
  return { ...found, words, notes: refused };
}

async function look(parts: FindsParts, signal: AbortSignal, job: Progress): Promise<Finds> {
  const home = parts.home();
  const energy = partsOf(home);
  const pace: Pace = { now: () => performance.now(), yieldNow: parts.yieldNow, signal };
  const step = (done: number) => {
    if (signal.aborted) throw new Cancelled("cancelled");
    job.progress(0.05 + 0.25 * done, "fetching the home's past");
  };
  job.progress(0, "fetching the home's past");
  const at = parts.now();
  const h = await minersPast({ ...parts, step }, home, energy, at);
  job.progress(0.3, "looking at each plug and meter");
  const { loads } = await parts.loads();
  const given = { h, home, parts: energy, loads, tariff: asIfAlways(parts.tariff(), at, home.settings.timeZone) };
  const m = await drive(mined(given), pace, (done) => job.progress(0.5 + 0.1 * done, "looking up prices"));
  const { finds, silent } = await drive(mining(m), pace, (done) => job.progress(0.6 + 0.3 * done, "searching"));
  const plain: Finds = {
    ...{ at, from: h.from, to: h.from + h.steps * h.stepMs, finds, silent },
    ...{ rankedBy: "saving", words: [], notes: [] },
  };
  job.progress(0.9, parts.languageModel.ready() ? "the model words them" : "putting them in order");
  const found = await told(parts, plain, signal);
  if (signal.aborted) throw new Cancelled("cancelled");
  return found;
}

/** Opens the desk on what is stored. */
export function createFinds(parts: FindsParts): FindsRoom {
  const { store } = parts;
  let found = store.get<Finds>("find", "found");
  let dismissed = store.get<readonly string[]>("find", "dismissed") ?? [];
  let failed: string | undefined;
  let triedAt = found?.at;
  let running: { readonly control: AbortController; readonly done: Promise<void> } | undefined;
  const audit = (by: string, what: string, subject: string, detail: string) =>
    parts.audit({ at: parts.now(), by, what, subject, detail });

  const run = async (by: string, control: AbortController): Promise<void> => {
    const job = parts.job("Looking for what could be saved", () => control.abort());
    try {
      found = await look(parts, control.signal, job);
      store.put("find", "found", found);
      failed = undefined;
      audit(by, "finds-searched", "home", `${found.finds.length} finds`);
      job.end("done", `${found.finds.length} found`);
    } catch (error) {
      const isCancelled = error instanceof Cancelled || control.signal.aborted;
      if (!isCancelled) failed = error instanceof Error ? error.message : String(error);
      job.end(isCancelled ? "cancelled" : "failed", failed ?? "");
    } finally {
      running = undefined;
    }
  };
  const search = (by: string): void => {
    if (running) return;
    triedAt = parts.now();
    const control = new AbortController();
    // What it does first must find itself under way.
    const done = Promise.resolve().then(() => run(by, control));
    running = { control, done };
  };
  const find = (id: string): Find | undefined => found?.finds.find((f) => f.id === id);
  return {
    view: () => ({
      ...(found ? { found: inOrder(parts, found) } : {}),
      ...{ dismissed, searching: running !== undefined },
      ...(failed === undefined ? {} : { failed }),
    }),
    search,
    dismiss(id, off, by) {
      if (!find(id)) return false;
      dismissed = [...dismissed.filter((d) => d !== id), ...(off ? [id] : [])].slice(-MAX_DISMISSED);
      store.put("find", "dismissed", dismissed);
      audit(by, off ? "find-dismissed" : "find-restored", id, find(id)?.title ?? "");
      return true;
    },
    wish(id, by) {
      const { offer, title = "" } = find(id) ?? {};
      if (offer?.kind !== "goals")
        return { ok: false, reason: offer ? "this is nothing that the hub can plan" : `there is no find ${id}` };
      try {
        return { ok: true, wish: parts.offer(offer.goals, title.slice(0, MAX_TITLE), by) };
      } catch (error) {
        if (error instanceof RangeError) return { ok: false, reason: error.message };
        throw error;
      }
    },
    due() {
      if (triedAt === undefined || Math.abs(parts.now() - triedAt) >= DAY_MS) search("hub");
    },
    idle: () => running?.done ?? Promise.resolve(),
    stop: () => running?.control.abort(),
  };
}

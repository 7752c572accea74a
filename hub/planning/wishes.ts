/** Wishes on their way: read, shown, confirmed by a person, planned. One is worked on at a time; the others wait their turn. */
import { partsOf } from "../energy/parts.ts";
import { goals as goalList } from "../model/goal/index.ts";
import type { Goal, Wish } from "../model/plan.ts";
import { goalMisfit } from "../planner/goal.ts";
import { namesOf } from "../planner/names.ts";
import type { Planning } from "../ports.ts";
import { Cancelled } from "./drive.ts";
import { goalsInWords } from "./reading.ts";
import { type Errand, planErrand, readErrand, type WorkParts } from "./work.ts";

const MAX_TEXT = 500;
/** Wishes that wait while one is worked on; a further one fails at once. */
const MAX_WAITING = 5;
const OVER: readonly Wish["state"][] = ["done", "failed", "cancelled"];

/** Goals of a form, checked as hostile input and against this home. Throws RangeError naming the field. */
function checked(given: readonly Goal[], parts: WorkParts): readonly Goal[] {
  const parsed = goalList.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new RangeError(`goals.${issue?.path.join(".") ?? ""}: ${issue?.message ?? "is no list of goals"}`);
  }
  const names = namesOf(partsOf(parts.home()));
  for (const [k, goal] of parsed.data.entries()) {
    const misfit = goalMisfit(goal, names);
    if (misfit) throw new RangeError(/^\w+: /.test(misfit) ? `goals.${k}.${misfit}` : `goals.${k}: ${misfit}`);
  }
  return parsed.data;
}

/** Wishes that are worked on, one after the other. */
function createQueue({ book }: WorkParts) {
  const open = new Map<string, AbortController>();
  let tail: Promise<void> = Promise.resolve();
  const change = (id: string, by: Partial<Wish>): void => {
    const wish = book.wishes.get(id);
    if (wish && !OVER.includes(wish.state)) book.keep({ ...wish, ...by });
  };
  const fail = (id: string, progress: string): void => {
    change(id, { state: "failed", progress });
    book.audit("hub", "wish-failed", id, progress);
  };
  const attend = async (wish: Wish, signal: AbortSignal, work: (errand: Errand) => Promise<void>): Promise<void> => {
    if (signal.aborted) return;
    const { id, text, refused } = wish;
    try {
      await work({ id, text, refused, signal, say: (by) => change(id, by) });
    } catch (error) {
      if (!(error instanceof Cancelled || signal.aborted))
        fail(id, `planning failed: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      open.delete(id);
    }
  };
  const takeUp = (wish: Wish, work: (errand: Errand) => Promise<void>): Wish => {
    book.keep(wish);
    if (open.size > MAX_WAITING) fail(wish.id, "too many wishes at once: wait until the others are done");
    else {
      const controller = new AbortController();
      open.set(wish.id, controller);
      tail = tail.then(() => attend(wish, controller.signal, work));
    }
    return book.wishes.get(wish.id) ?? wish;
  };
  const cancel = (id: string): void => {
    const controller = open.get(id);
    const waits = book.wishes.get(id)?.state === "read";
    if (!controller && !waits) return;
    const progress = controller ? "cancelled" : "put aside: nothing was planned";
    change(id, { state: "cancelled", progress });
    book.audit("hub", "wish-cancelled", id, progress);
    controller?.abort();
    open.delete(id);
  };
  return { takeUp, cancel, busy: () => open.size > 0, idle: () => tail };
}

/** What people may do with wishes. */
export function createWishes(parts: WorkParts) {
  const { book } = parts;
  const { takeUp, cancel, busy, idle } = createQueue(parts);
  const namesNow = () => namesOf(partsOf(parts.home()));
  const fresh = (text: string, by: string): Wish => ({
    ...{ id: parts.newId(), text, by, at: parts.now(), state: "reading", progress: "waits its turn", goals: [] },
    ...{ refused: [], readBy: "" },
  });
  const plan = (wish: Wish, goals: readonly Goal[], by: string): Wish => {
    book.audit(by, "wish-confirmed", wish.id, goalsInWords(goals, namesNow()));
    return takeUp({ ...wish, state: "planning", goals, progress: "waits its turn" }, (errand) =>
      planErrand(errand, goals, parts),
    );
  };
  const people: Pick<Planning, "state" | "stateGoals" | "offer" | "confirm" | "cancel" | "choices"> = {
    state(text, by) {
      const said = text.trim();
      if (said === "" || said.length > MAX_TEXT)
        throw new RangeError(`text: say what you wish for in 1 to ${MAX_TEXT} characters`);
      const wish = fresh(said, by);
      book.audit(by, "wish-stated", wish.id, said);
      return takeUp(wish, (errand) => readErrand(errand, parts));
    },
    stateGoals: (goals, by) => plan({ ...fresh("", by), readBy: "form" }, checked(goals, parts), by),
    offer(goals, text, by) {
      const progress = "Look whether it is meant so; nothing is planned before you say so";
      const wish: Wish = {
        ...fresh(text.slice(0, MAX_TEXT), by),
        state: "read",
        goals: checked(goals, parts),
        progress,
      };
      book.audit(by, "wish-offered", wish.id, goalsInWords(wish.goals, namesNow()));
      book.keep(wish);
      return wish;
    },
    confirm(id, goals, by) {
      const wish = book.wishes.get(id);
      if (wish?.state !== "read") throw new RangeError(`wish: there is none ${id} that waits to be confirmed`);
      const { assumed: _, ...rest } = wish;
      return plan(rest, checked(goals, parts), by);
    },
    choices() {
      const names = namesNow();
      const heated = new Set(names.rooms.values());
      return {
        things: names.things.map(({ node, name, kind }) => ({ node, name, kind })),
        rooms: names.allRooms.map((name) => ({ name, heated: heated.has(name) })),
      };
    },
    cancel,
  };
  return { people, busy, idle };
}

import { useEffect, useState } from "preact/hooks";
import type { Goal, GoalChoices, Wish } from "../../../hub/http/schemas.ts";
import { ApiError, get, inWords, post } from "../../api.ts";
import { Notice } from "../../parts/notice.tsx";
import { nodes } from "../../store.ts";
import { goalWords } from "../../words/goal.ts";
import { GOAL_FORMS } from "../../words/goal-fields.ts";
import { Add } from "../rules/guided/fields.tsx";
import { GoalCard } from "./goal-card.tsx";
import "../../styles/rule-editor.css";
import "../../styles/goal-form.css";

interface Props {
  /** The wish whose reading is shown; none for goals without words. */
  readonly wish?: Wish;
  readonly onDone: () => void;
  /** Puts it aside: nothing is planned. */
  readonly onAside: () => void;
}

interface Entry {
  readonly key: number;
  readonly goal: Goal;
  readonly assumed: readonly { readonly field: string; readonly words: string }[];
}

const OFFERED = Object.entries(GOAL_FORMS).map(([value, { label }]) => ({ value, label }));
const isForm = (value: string): value is keyof typeof GOAL_FORMS => Object.hasOwn(GOAL_FORMS, value);

const entriesOf = (wish: Wish | undefined): readonly Entry[] =>
  (wish?.goals ?? []).map((goal, key) => ({ key, goal, assumed: (wish?.assumed ?? []).filter((a) => a.goal === key) }));

const moved = (list: readonly Entry[], from: number, by: 1 | -1): readonly Entry[] => {
  const next = [...list];
  const [entry] = next.splice(from, 1);
  if (entry) next.splice(from + by, 0, entry);
  return next;
};

/** What the hub says is wrong, by the goal's place; under "" what is about none. */
function problemsOf(error: unknown): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const fields = error instanceof ApiError ? error.fields : [];
  for (const { field, message } of fields) {
    const place = /^goals\.(\d+)/.exec(field)?.[1] ?? "";
    found.set(place, [...(found.get(place) ?? []), message]);
  }
  if (found.size === 0) found.set("", [inWords(error)]);
  return found;
}

/** The goals of a form as they are changed, put in order, left out and added to. */
function useEntries(wish: Wish | undefined) {
  const [entries, setEntries] = useState(() => entriesOf(wish));
  return {
    entries,
    change: (key: number, goal: Goal, field: string) =>
      setEntries((list) =>
        list.map((e) => (e.key === key ? { ...e, goal, assumed: e.assumed.filter((a) => a.field !== field) } : e)),
      ),
    add: (goal: Goal) =>
      setEntries((list) => [...list, { key: 1 + Math.max(-1, ...list.map((e) => e.key)), goal, assumed: [] }]),
    remove: (key: number) => setEntries((list) => list.filter((e) => e.key !== key)),
    move: (at: number, by: 1 | -1) => setEntries((list) => moved(list, at, by)),
  };
}

const NotUnderstood = ({ wish }: { readonly wish: Wish | undefined }) => (
  <>
    {(wish?.notUnderstood ?? []).map(({ part, reason }) => (
      <Notice key={part} tone="warn">
        Not understood: “{part}”{reason ? ` (${reason})` : ""}. Say it below as a goal, or leave it.
      </Notice>
    ))}
  </>
);

/** Goals as cards that can be changed, put in order, left out and added to; planned only when the person says so. */
export function GoalForm({ wish, onDone, onAside }: Props) {
  const [choices, setChoices] = useState<GoalChoices>();
  const { entries, change, add, remove, move } = useEntries(wish);
  const [problems, setProblems] = useState<ReadonlyMap<string, readonly string[]>>(new Map());
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    get<GoalChoices>("/goals/choices").then(setChoices, (error: unknown) => setProblems(problemsOf(error)));
  }, []);
  const plan = async () => {
    setBusy(true);
    setProblems(new Map());
    try {
      const goals = entries.map((e) => e.goal);
      await post<Wish>(wish ? `/goals/${encodeURIComponent(wish.id)}/plan` : "/goals/form", { goals });
      onDone();
    } catch (error) {
      setProblems(problemsOf(error));
    }
    setBusy(false);
  };

  if (!choices) return <p class="quiet loading">{problems.get("")?.join() ?? "Reading what there is …"}</p>;
  return (
    <form
      class="stack goal-form"
      onSubmit={(e) => {
        e.preventDefault();
        void plan();
      }}
    >
      <NotUnderstood wish={wish} />
      {entries.length > 1 ? (
        <p class="quiet small-text">What stands higher comes first when not all can be had.</p>
      ) : null}
      <div class="stack">
        {entries.map(({ key, goal, assumed }, at) => (
          <GoalCard
            key={key}
            {...{ goal, assumed, choices }}
            place={at + 1}
            words={goalWords(goal, nodes.value ?? [])}
            problems={problems.get(String(at)) ?? []}
            onChange={(next, field) => change(key, next, field)}
            onRemove={() => remove(key)}
            onUp={at > 0 ? () => move(at, -1) : undefined}
            onDown={at < entries.length - 1 ? () => move(at, 1) : undefined}
          />
        ))}
        <Add
          label="Add a goal"
          options={OFFERED}
          onAdd={(kind) => isForm(kind) && add(GOAL_FORMS[kind].fresh(choices))}
        />
      </div>
      <Problems of={problems.get("") ?? []} />
      <div class="row">
        <button type="submit" class="primary" disabled={busy || entries.length === 0}>
          Plan this
        </button>
        <button type="button" onClick={onAside}>
          Put it aside
        </button>
      </div>
    </form>
  );
}

const Problems = ({ of }: { readonly of: readonly string[] }) => (
  <>
    {of.map((problem) => (
      <Notice key={problem} tone="bad">
        {problem}
      </Notice>
    ))}
  </>
);

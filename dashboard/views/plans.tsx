import { useState } from "preact/hooks";
import type { PolicyView } from "../../hub/http/schemas/policies.ts";
import type { PlanView, Wish } from "../../hub/http/schemas.ts";
import { announcement } from "../acting.ts";
import { del, inWords, post } from "../api.ts";
import { lazy } from "../lazy.tsx";
import { GoalBox } from "../parts/goal-box.tsx";
import { Failed } from "../parts/notice.tsx";
import { PlanCard, type PlanDeed } from "../parts/plan-card.tsx";
import { WishCard } from "../parts/wish-card.tsx";
import { isTaken, useRunningPolicies } from "../running-policies.ts";
import { nodes, now, plans, readPlans, readRules, settings, wishes } from "../store.ts";
import { goalWords } from "../words/goal.ts";
import "../styles/plans.css";

/** From a wish in words to plans that run: every step with its evidence. */
export function PlansView() {
  const all = plans.value;
  const running = useRunningPolicies();
  const [problem, setProblem] = useState("");
  const [form, setForm] = useState(false);

  /** Whether it worked; what went wrong is shown. */
  const tried = async (work: () => Promise<unknown>): Promise<boolean> => {
    setProblem("");
    try {
      await work();
      await readPlans();
      return true;
    } catch (error) {
      setProblem(inWords(error));
      await readPlans().catch(() => undefined);
      return false;
    }
  };
  const guarded = async (work: () => Promise<unknown>): Promise<void> => void (await tried(work));
  const deed: PlanDeed = (plan, what, body) =>
    guarded(async () => {
      plans.value = keep(
        plans.value ?? [],
        await post<PlanView>(`/plans/${encodeURIComponent(plan.id)}/${what}`, body),
      );
      announcement.value = `${plan.proposal.title}: ${DONE[what]}`;
      await readRules();
    });
  const tell = (text: string) => tried(() => post<Wish>("/goals", { text }));

  return (
    <>
      <header class="view-head">
        <h1 tabIndex={-1}>Plans</h1>
        <p class="quiet">Say what you wish for. Every proposal is tried on your home's own past before you decide.</p>
      </header>
      <GoalBox examples={all !== undefined && wishes.value.length === 0} onTell={tell} onForm={() => setForm(true)} />
      {form ? (
        <section class="card" aria-label="Goals by a form">
          <GoalForm
            onDone={() => {
              setForm(false);
              void guarded(async () => undefined);
            }}
            onAside={() => setForm(false)}
          />
        </section>
      ) : null}
      {problem ? <Failed why={problem} /> : null}
      <Wishes
        cancel={(id) => guarded(() => del(`/goals/${encodeURIComponent(id)}`))}
        again={() => guarded(async () => undefined)}
        asPolicy={(wish) => guarded(() => post("/policies", policyOf(wish)))}
      />
      <PoliciesSection />
      {all === undefined ? (
        <p class="quiet loading">Reading the plans …</p>
      ) : (
        GROUPS.map((group) => (
          <Group key={group.title} {...group} plans={all.filter((p) => isIn(group, p, running))} deed={deed} />
        ))
      )}
      <FindsSection />
      <LearnedFold />
    </>
  );
}

/** What is asked of the hub for one policy over all that a wish is about. */
const policyOf = (wish: Wish) => {
  const words = wish.goals.map((goal) => goalWords(goal, nodes.value ?? [])).join("; ");
  return { title: (wish.text || words).slice(0, 200), goals: wish.goals };
};

const GoalForm = lazy(async () => (await import("./plans/goal-form.tsx")).GoalForm);
const PoliciesSection = lazy(async () => (await import("./policies.tsx")).PoliciesSection);
const FindsSection = lazy(async () => (await import("./finds.tsx")).FindsSection);
const LearnedHomeView = lazy(async () => (await import("./learned.tsx")).LearnedHomeView);

/** Worked out only when somebody looks: the hub goes through weeks of readings for it. */
function LearnedFold() {
  const [open, setOpen] = useState(false);
  return (
    <details class="fold learned-fold" onToggle={(e) => e.currentTarget.open && setOpen(true)}>
      <summary>
        <h2>What the hub has learned about your home</h2>
      </summary>
      {open ? <LearnedHomeView /> : null}
    </details>
  );
}

const DONE = { approve: "approved", refuse: "refused", end: "ended", measure: "measured" };

const keep = (list: readonly PlanView[], plan: PlanView): readonly PlanView[] =>
  list.map((p) => (p.id === plan.id ? plan : p));

// One wish's proposals are made within moments: the newest wish comes first, and of one wish what saves most.
const SAME_WISH_MS = 60_000;
const wishOrder = (a: PlanView, b: PlanView): number =>
  Math.abs(a.createdAt - b.createdAt) < SAME_WISH_MS ? 0 : b.createdAt - a.createdAt;
const saving = (plan: PlanView): number => plan.verdict?.perDay.mean ?? 0;

interface GroupProps {
  readonly title: string;
  readonly states: readonly PlanView["state"][];
  readonly folded: boolean;
  /** Of plans that a person could approve: whether a policy that runs steers their device already. */
  readonly taken?: boolean;
}

const GROUPS: readonly GroupProps[] = [
  { title: "Waiting for your decision", states: ["verified", "proposed"], folded: false, taken: false },
  { title: "Planned by a policy that runs", states: ["verified", "proposed"], folded: true, taken: true },
  { title: "Running", states: ["running", "approved", "suspended"], folded: false },
  { title: "Not good enough, or not wanted", states: ["refused", "rejected"], folded: true },
  { title: "Ended", states: ["ended"], folded: true },
];

const isIn = ({ states, taken }: GroupProps, plan: PlanView, running: readonly PolicyView[]): boolean =>
  states.includes(plan.state) && (taken === undefined || taken === isTaken(plan, running));

function Group({
  title,
  folded,
  plans: all,
  deed,
}: GroupProps & { readonly plans: readonly PlanView[]; readonly deed: PlanDeed }) {
  const mine = all.toSorted((a, b) => wishOrder(a, b) || saving(b) - saving(a));
  if (mine.length === 0) return null;
  const cards = mine.map((plan, i) => (
    <PlanCard
      key={plan.id}
      plan={plan}
      open={i === 0}
      currency={settings.value?.currency}
      timeZone={settings.value?.timeZone}
      deed={deed}
    />
  ));
  if (!folded)
    return (
      <section class="stack" aria-label={title}>
        <h2>{title}</h2>
        {cards}
      </section>
    );
  return (
    <details class="fold">
      <summary>
        <h2>
          {title} <span class="quiet">({mine.length})</span>
        </h2>
      </summary>
      <div class="stack">{cards}</div>
    </details>
  );
}

const WISHES_SHOWN = 5;
const OPEN: readonly Wish["state"][] = ["reading", "read", "planning"];

interface WishesProps {
  readonly cancel: (id: string) => void;
  /** Reads the wishes anew. */
  readonly again: () => void;
  /** Asks for a policy of a wish's goals. */
  readonly asPolicy: (wish: Wish) => Promise<void>;
}

function Wishes({ cancel, again, asPolicy }: WishesProps) {
  // One that waits for a word is shown however many came after it.
  const newest = [...wishes.value].sort((a, b) => b.at - a.at);
  const recent = newest.filter((wish, i) => i < WISHES_SHOWN || OPEN.includes(wish.state));
  if (recent.length === 0) return null;
  return (
    <section class="stack" aria-label="Your wishes">
      {recent.map((wish, i) => (
        <WishCard
          key={wish.id}
          wish={wish}
          open={i === 0}
          nodes={nodes.value ?? []}
          now={now.value}
          onCancel={() => cancel(wish.id)}
          onPolicy={() => asPolicy(wish)}
          form={
            wish.state === "read" ? <GoalForm wish={wish} onDone={again} onAside={() => cancel(wish.id)} /> : undefined
          }
        />
      ))}
    </section>
  );
}

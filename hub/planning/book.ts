/** Wishes, plans and rules as they are kept: in the store at once, in memory for reading, every step in the audit. */
import type { AuditEntry } from "../model/audit.ts";
import type { Plan, Rule, Wish } from "../model/plan.ts";
import { releaseRule } from "../planner/release.ts";
import type { HubEvent, Store } from "../ports.ts";

/** Wishes and plans kept; the oldest finished go first. */
const MAX_KEPT = 100;
const RELEASE_MS = 30 * 60_000;
const MAX_DETAIL = 1000;
const LIVE: readonly Plan["state"][] = ["proposed", "verified", "approved", "running", "suspended"];

export interface BookParts {
  readonly store: Store;
  readonly now: () => number;
  readonly tell: (event: HubEvent) => void;
  readonly audit: (entry: Omit<AuditEntry, "id">) => void;
  readonly rulesChanged: (rules: Rule[]) => void;
}

/** Drops the oldest that are over until no more than the limit are kept. */
function prune<T extends { readonly id: string }>(
  kept: Map<string, T>,
  over: (t: T) => boolean,
  drop: (id: string) => void,
) {
  for (const item of [...kept.values()]) {
    if (kept.size <= MAX_KEPT) return;
    if (!over(item)) continue;
    kept.delete(item.id);
    drop(item.id);
  }
}

export type Book = ReturnType<typeof createBook>;

/** Opens the book on what is stored. A wish that was under way when the hub stopped is failed, and says so. */
export function createBook(parts: BookParts) {
  const { store } = parts;
  const wishes = new Map<string, Wish>();
  const plans = new Map<string, Plan>();

  const audit = (by: string, what: string, subject: string, detail: string): void =>
    parts.audit({ at: parts.now(), by, what, subject, detail: detail.slice(0, MAX_DETAIL) });

  const keep = (wish: Wish): void => {
    wishes.set(wish.id, wish);
    store.put("wish", wish.id, wish);
    prune(
      wishes,
      (w) => w.state !== "reading" && w.state !== "planning",
      (id) => store.remove("wish", id),
    );
    parts.tell({ type: "wish", id: wish.id });
  };

  const file = (plan: Plan): void => {
    plans.set(plan.id, plan);
    store.put("plan", plan.id, plan);
    prune(
      plans,
      (p) => !LIVE.includes(p.state),
      (id) => store.remove("plan", id),
    );
    parts.tell({ type: "plan", id: plan.id });
  };

  const rules = (): readonly Rule[] => store.list<Rule>("rule");
  const announce = (): void => {
    parts.rulesChanged([...rules()]);
    parts.tell({ type: "rules" });
  };

  /** Rules that have run out are swept up with every change. */
  const sweep = (): void => {
    for (const rule of rules()) if (rule.until !== undefined && rule.until < parts.now()) store.remove("rule", rule.id);
  };

  /** Puts a plan's rules in force. */
  const enact = (plan: Plan): void => {
    sweep();
    store.remove("rule", `${plan.id}-release`);
    for (const rule of plan.proposal.rules) store.put("rule", rule.id, { ...rule, plan: plan.id, enabled: true });
    announce();
  };

  /** Takes a plan's rules away and leaves for half an hour the one that sets its devices free. */
  const withdraw = (plan: Plan): void => {
    sweep();
    for (const rule of rules()) if (rule.plan === plan.id) store.remove("rule", rule.id);
    const release = releaseRule(`${plan.id}-release`, plan.proposal, parts.now() + RELEASE_MS);
    if (release) store.put("rule", release.id, release);
    announce();
  };

  for (const wish of [...store.list<Wish>("wish")].sort((a, b) => a.at - b.at)) {
    const open = wish.state === "reading" || wish.state === "planning";
    if (open) keep({ ...wish, state: "failed", progress: "the hub was restarted in the middle: state it again" });
    else wishes.set(wish.id, wish);
  }
  for (const plan of [...store.list<Plan>("plan")].sort((a, b) => a.createdAt - b.createdAt)) plans.set(plan.id, plan);

  return { wishes, plans, keep, file, rules, enact, withdraw, audit };
}

/** What people have shown to want: kept, listed, taken back, and learned from refusals, changes and hands. */
import { nameIn } from "../../model/home.ts";
import type { Policy } from "../../model/policy.ts";
import type { Preference, PreferenceSource, Preferred } from "../../model/preference.ts";
import { type Hand, preferenceInWords, shownByHand } from "../../planner/policy/preferences.ts";
import type { PreferenceTold } from "../../ports/policies.ts";
import type { PolicyBook } from "./book.ts";
import type { PolicyParts } from "./parts.ts";
import type { PolicyWatching } from "./watching.ts";

/** Kept at most; the oldest are dropped. */
const MAX_KEPT = 100;
const AUDIT_PAGE = 200;
const MAX_AUDIT = 1000;
const HANDS_MS = 14 * 86_400_000;
const HOUR_MS = 3_600_000;

export interface PreferenceBook {
  /** The newest first; what was taken back is left out. */
  list(): readonly Preference[];
  /** The same in words. */
  told(): readonly PreferenceTold[];
  remember(what: Preferred, source: PreferenceSource, by: string): Preference;
  /** False where there is none. */
  forget(id: string, by: string): boolean;
  /** Looks once an hour for what hands on the devices of running policies show. */
  lookAtHands(watched: PolicyWatching["days"]): void;
}

const same = (a: Preferred, b: Preferred): boolean => {
  if (a.kind === "askFirst" && b.kind === "askFirst") return a.node === b.node && a.act === b.act;
  if (a.kind === "limit" && b.kind === "limit") return a.limit === b.limit;
  if (a.kind === "leaveAlone" && b.kind === "leaveAlone") return a.node === b.node;
  if (a.kind === "notThisMeasure" && b.kind === "notThisMeasure") return a.node === b.node && a.measure === b.measure;
  return (
    a.kind === "notThis" && b.kind === "notThis" && [...a.nodes].sort().join(" ") === [...b.nodes].sort().join(" ")
  );
};

const BY_RULE = /^(plan|rule|safety):/;
const COMMAND = /^[\w-]+\.([\w-]+) \{/;

/** What people asked of a device in the last two weeks, from the audit. */
function handsOn({ store }: Pick<PolicyParts, "store">, node: string, since: number): Hand[] {
  const hands: Hand[] = [];
  let before: number | undefined;
  for (let looked = 0; looked < MAX_AUDIT; looked += AUDIT_PAGE) {
    const page = store.audit({ limit: AUDIT_PAGE, subject: node, ...(before === undefined ? {} : { before }) });
    for (const { what, by, at, detail } of page) {
      const command = what === "command-asked" && !BY_RULE.test(by) ? COMMAND.exec(detail)?.[1] : undefined;
      if (command && at > since) hands.push({ at, command });
    }
    before = page.at(-1)?.id;
    if (page.length < AUDIT_PAGE || (page.at(-1)?.at ?? 0) <= since) break;
  }
  return hands;
}

/** Opens on what is stored. */
export function createPreferences(
  parts: Pick<PolicyParts, "home" | "store" | "now" | "newId" | "tell" | "audit">,
  book: Pick<PolicyBook, "policies">,
): PreferenceBook {
  const all = new Map<string, Preference>();
  for (const one of [...parts.store.list<Preference>("preference")].sort((a, b) => a.at - b.at)) all.set(one.id, one);
  let looked = 0;

  const keep = (one: Preference): void => {
    all.set(one.id, one);
    parts.store.put("preference", one.id, one);
    for (const { id } of [...all.values()].slice(0, Math.max(0, all.size - MAX_KEPT))) {
      all.delete(id);
      parts.store.remove("preference", id);
    }
    parts.tell({ type: "policy", id: one.id });
  };
  const note = (by: string, what: string, one: Preference): void =>
    parts.audit({ at: parts.now(), by, what, subject: one.id, detail: JSON.stringify(one.what).slice(0, 500) });
  const list = () => [...all.values()].filter((p) => p.takenBackAt === undefined).sort((a, b) => b.at - a.at);

  const remember: PreferenceBook["remember"] = (what, source, by) => {
    // The same said again takes the place of the older one.
    const before = [...all.values()].find((p) => same(p.what, what));
    const one: Preference = { id: before?.id ?? parts.newId(), at: parts.now(), by, source, what };
    if (before) all.delete(before.id);
    keep(one);
    note(by, "preference-remembered", one);
    return one;
  };
  const forget: PreferenceBook["forget"] = (id, by) => {
    const one = all.get(id);
    if (!one || one.takenBackAt !== undefined) return false;
    keep({ ...one, takenBackAt: parts.now() });
    note(by, "preference-forgotten", one);
    return true;
  };
  const lookAt = (policy: Policy, watched: PolicyWatching["days"]): void => {
    const around = { now: parts.now(), timeZone: parts.home().settings.timeZone };
    const days = watched(policy.id);
    for (const { node } of policy.devices) {
      const known = [...all.values()].filter((p) => p.what.kind === "askFirst" && p.what.node === node);
      const takenBack = Math.max(0, ...known.map((p) => p.takenBackAt ?? 0));
      const hands = handsOn(parts, node, Math.max(around.now - HANDS_MS, takenBack));
      const shown = shownByHand(node, hands, days, around);
      if (shown && !known.some((p) => p.takenBackAt === undefined && same(p.what, shown)))
        remember(shown, "byHand", "hub");
    }
  };
  const lookAtHands: PreferenceBook["lookAtHands"] = (watched) => {
    if (parts.now() - looked < HOUR_MS && parts.now() >= looked) return;
    looked = parts.now();
    for (const policy of book.policies.values()) if (policy.state === "running") lookAt(policy, watched);
  };
  const told = () => {
    const home = parts.home();
    const name = (id: string) => nameIn(home, id, "a device that is gone");
    return list().map((one) => ({ ...one, words: preferenceInWords(one.what, name) }));
  };
  return { list, told, remember, forget, lookAtHands };
}

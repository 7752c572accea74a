/** What the audit log says of a home's past: who asked devices for something, and how the house was. */

import type { AuditEntry } from "../../model/audit.ts";
import { capabilities } from "../../model/capabilities/index.ts";
import type { Value } from "../../model/capability.ts";
import type { HouseState, Person } from "../../model/house.ts";
import type { Store } from "../../ports.ts";
import { targetOf } from "../../rules/arbitrate.ts";
import type { Reads } from "../../rules/dry-run/reads.ts";
import type { PastView } from "../../rules/dry-run/view.ts";
import type { Deed } from "../../step/dry-run/trial.ts";

type Audit = Pick<Store, "audit">;

const PAGE = 1_000;
/** Entries of one subject that are looked at; older ones are left out. */
const MAX_PAGES = 40;

function* entriesOf(store: Audit, subject: string, from: number): Generator<AuditEntry> {
  let before: number | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const list = store.audit({ subject, limit: PAGE, ...(before === undefined ? {} : { before }) });
    yield* list.filter((entry) => entry.at >= from);
    const last = list.at(-1);
    if (!last || list.length < PAGE || last.at < from) return;
    before = last.id;
  }
}

const ASKED = /^([A-Za-z0-9]+)\.([A-Za-z0-9]+) (\{.*?\}) for (.*)$/s;

/** What others asked the written devices for since `from`, epoch ms; rising. `own`: the rule's id, whose deeds are its own. */
export function deedsOf(store: Audit, writes: Reads["writes"], own: string, from: number): Deed[] {
  const deeds: Deed[] = [];
  for (const node of new Set(writes.map((w) => w.node)))
    for (const entry of entriesOf(store, node, from)) {
      if (entry.by === `rule:${own}`) continue;
      if (entry.what === "hold-ended") deeds.push({ ...gist(entry), node, target: undefined, wants: {} });
      if (entry.what === "command-asked")
        deeds.push(
          ...askedBy(
            entry,
            writes.filter((w) => w.node === node),
          ),
        );
    }
  return deeds.sort((a, b) => a.at - b.at);
}

const gist = ({ at, by, detail }: AuditEntry) => ({
  ...{ at, by, words: detail.slice(0, 300) },
  kind: by.startsWith("plan:") ? ("plan" as const) : by.startsWith("rule:") ? ("rule" as const) : ("person" as const),
});

function askedBy(entry: AuditEntry, spots: Reads["writes"]): Deed[] {
  const [, capability = "", command = "", json = "{}", rest = ""] = ASKED.exec(entry.detail) ?? [];
  const args = argsOf(json);
  if (!args) return [];
  const seen = new Set<string>();
  return spots.flatMap(({ node, endpoint, capability: own }): Deed[] => {
    const target = targetOf({ node, endpoint, capability, command, args });
    if (own !== capability || seen.has(target)) return [];
    seen.add(target);
    // What a toggle came to is not told.
    const spec = command === "toggle" ? undefined : capabilities[capability]?.commands[command];
    const wants = command === "set" ? args : (spec?.wants(args, () => undefined) ?? {});
    const byPath = Object.entries(wants).map(([attribute, v]) => [`${node}/${endpoint}/${capability}.${attribute}`, v]);
    return [
      { ...gist(entry), words: `${command} ${rest}`.slice(0, 300), node, target, wants: Object.fromEntries(byPath) },
    ];
  });
}

function argsOf(json: string): Record<string, Value> | undefined {
  try {
    const read: unknown = JSON.parse(json);
    if (typeof read !== "object" || read === null) return undefined;
    const plain = Object.entries(read).filter(([, v]) => ["number", "boolean", "string"].includes(typeof v));
    return Object.fromEntries(plain) as Record<string, Value>;
  } catch {
    return undefined;
  }
}

const MODE = /^(.{1,60}?) to (.{1,60}?): /;

interface HouseThen {
  readonly house: PastView["house"];
  /** From here on (epoch ms) the mode is known. */
  readonly modeFrom: number;
}

/** The house at each of its changes since `from`: told backwards from how it is now. */
export function houseThen(now: HouseState, store: Audit, from: number): HouseThen {
  // A person's device would speak up again in a home that is only lived through.
  const plain = { ...now, people: now.people.map(({ device: _, network: __, ...p }): Person => ({ ...p, told: {} })) };
  const changes: { readonly at: number; undo(state: HouseState): HouseState }[] = [];
  for (const { at, what, detail } of entriesOf(store, "house", from)) {
    const [, before = plain.mode] = MODE.exec(detail) ?? [];
    if (what === "mode-set") changes.push({ at, undo: (state) => ({ ...state, mode: before }) });
  }
  for (const person of plain.people) changes.push(...whereabouts(store, person, from));
  changes.sort((a, b) => b.at - a.at);
  const house: { at: number; state: HouseState }[] = [];
  let state: HouseState = plain;
  for (const { at, undo } of changes) {
    house.unshift({ at, state });
    state = undo(state);
  }
  house.unshift({ at: from, state });
  return { house, modeFrom: Math.max(from, knownSince(now, store, from)) };
}

/** The mode before the oldest entry that is kept can't be told, unless it has stood since. */
function knownSince(now: HouseState, store: Audit, from: number): number {
  if (now.modeSince <= from) return from;
  const [newest] = store.audit({ limit: 1 });
  const [oldest] = store.audit({ limit: 1, before: Math.max(2, (newest?.id ?? 0) - KEPT + 2) });
  // The first entry of all: nothing was lost.
  return !oldest || oldest.id <= 1 ? from : oldest.at;
}

/** As many entries as the log keeps. */
const KEPT = 200_000;

function whereabouts(store: Audit, person: Person, from: number) {
  const entries: AuditEntry[] = [];
  // Where somebody was when the time began is told by the word before it.
  for (const entry of entriesOf(store, person.id, 0))
    if (entry.what === "presence-set") {
      entries.push(entry);
      if (entry.at < from) break;
    }
  const within = entries.filter((e) => e.at >= from);
  return within.map(({ at }, i) => {
    const before = entries[i + 1]?.detail;
    const home: Person["home"] =
      before === undefined
        ? "unknown"
        : before.startsWith(`${person.name} home:`)
          ? true
          : before.startsWith(`${person.name} away:`)
            ? false
            : "unknown";
    const undo = (state: HouseState): HouseState => ({
      ...state,
      people: state.people.map((p) => (p.id === person.id ? { ...p, home } : p)),
    });
    return { at, undo };
  });
}

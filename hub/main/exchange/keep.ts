import type { IncomingRule, Keep } from "../../ports.ts";
import type { ExchangeDesk, Read } from "./desk.ts";
import { byNeed, linked, openLinks } from "./links.ts";

export type Kept = NonNullable<IncomingRule["kept"]>;

type Same = ReadonlyMap<number, IncomingRule["same"]>;

/** Keeps what was chosen: scenes first, and what others start before them. Answers what came of each, by its place. */
export async function keepAll(
  desk: ExchangeDesk,
  all: readonly Read[],
  same: Same,
  keep: Keep,
): Promise<ReadonlyMap<number, Kept>> {
  const wanted = all.filter((one) => keep.places.includes(one.place));
  const done = new Map<number, Kept>();
  // What is there already can be spoken of, whether or not it is replaced.
  const ids = new Map<string, string>();
  for (const one of all) {
    const before = same.get(one.place);
    if (before && one.key) ids.set(one.key, before.id);
  }
  const settle = (one: Read, kept: Kept) => {
    done.set(one.place, kept);
    if (kept.id !== undefined && one.key) ids.set(one.key, kept.id);
  };
  for (const one of wanted.filter((o) => o.kind === "scene")) settle(one, keepScene(desk, one, same, keep));
  const open: Read[] = [];
  for (const one of byNeed(wanted.filter((o) => o.kind === "rule"))) {
    if (one.draft && openLinks(one.draft, ids).length > 0) open.push(one);
    settle(one, await keepRule(desk, one, same, keep, ids));
  }
  // Those that start one another in a circle have all their ids only now.
  for (const one of open) {
    const id = done.get(one.place)?.id;
    if (id && one.draft && openLinks(one.draft, ids).length === 0)
      await desk.rules.save(linked(one.draft, ids), keep.by, { id, sure: true });
  }
  return done;
}

const mayReplace = (one: Read, same: Same, keep: Keep): boolean =>
  same.get(one.place) === undefined || keep.replace.includes(one.place);

function keepScene({ scenes }: ExchangeDesk, one: Read, same: Same, keep: Keep): Kept {
  if (!mayReplace(one, same, keep)) return { why: "same" };
  if (!one.scene) return { why: "faulty" };
  const wish = { title: one.title, actions: one.scene };
  const before = same.get(one.place)?.id;
  try {
    const kept = before === undefined ? scenes.add(wish, keep.by) : scenes.change(before, wish, keep.by);
    return kept ? { id: kept.id } : { why: "faulty" };
  } catch (error) {
    if (error instanceof RangeError) return { why: "faulty" };
    throw error;
  }
}

async function keepRule(
  { rules }: ExchangeDesk,
  one: Read,
  same: Same,
  keep: Keep,
  ids: ReadonlyMap<string, string>,
): Promise<Kept> {
  if (!mayReplace(one, same, keep)) return { why: "same" };
  if (!one.draft) return { why: "faulty" };
  // One that speaks of itself is there once it is kept.
  const open = openLinks(one.draft, ids).filter((key) => key !== one.key);
  if (open.length > 0 && !keep.sure) return { why: "needs" };
  const before = same.get(one.place)?.id;
  const saved = await rules.save(linked(one.draft, ids), keep.by, {
    ...{ sure: keep.sure, origin: "import" },
    ...(before === undefined ? {} : { id: before }),
    ...(one.key ? { source: one.key } : {}),
  });
  if (saved.ok) return { id: saved.status.rule.id };
  if (saved.why !== "problems") return { why: "full" };
  return { why: saved.problems.some((p) => p.level === "error") ? "faulty" : "warned" };
}

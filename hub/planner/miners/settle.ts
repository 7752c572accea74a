/** Holds finds against one another: the same energy is promised once, and what is too small is not told. */
import { type Find, type FindKind, findKinds, type Silence } from "../../model/find.ts";
import { type History, seriesOf, valueAt } from "../../twin/history.ts";
import type { Candidate, Nothing } from "./miner.ts";
import { scaled } from "./reckon.ts";
import { percent } from "./said.ts";

/** A year, below which nothing is told: kWh that are saved, and money for less and for a change of habits. */
const LEAST_KWH = 8;
const LEAST_MONEY = { saves: 2, moves: 8 } as const;
const MAX_FINDS = 40;
const MAX_SILENT = 100;
/** What is left of a find when others have taken theirs. */
const WHOLE = 0.98;

export interface Told {
  readonly kind: FindKind;
  readonly what: Candidate | Nothing;
}

const isFound = (what: Candidate | Nothing): what is Candidate => "effect" in what;

/** The share of a claim that nobody before it has promised, no more than the load drew; it is then taken. */
function take(h: History, taken: Map<string, Float64Array>, { claim, effect }: Candidate): number {
  if (!claim) return 1;
  const drawn = seriesOf(h, claim.key);
  const before = taken.get(claim.key) ?? new Float64Array(h.steps);
  taken.set(claim.key, before);
  let [all, kept] = [0, 0];
  claim.watts.forEach((w, i) => {
    if (!(w > 0)) return;
    const there = valueAt(drawn, i);
    const most = Math.max(0, (Number.isFinite(there) ? there : w) - valueAt(before, i));
    // What is moved leaves nothing of it to be saved, and the other way round; two savings may share a step.
    const mine = effect === "moves" && valueAt(before, i) > 0 ? 0 : Math.min(w, most);
    all += w;
    kept += mine;
    before[i] = valueAt(before, i) + mine;
  });
  return all > 0 ? kept / all : 1;
}

const small = ({ effect, kwh, money }: Candidate): boolean =>
  money.likely < LEAST_MONEY[effect] || (effect === "saves" && kwh.likely < LEAST_KWH);

function reduced(found: Candidate, share: number): Candidate {
  if (share >= WHOLE) return found;
  const facts = [...found.facts, `${percent(1 - share)} of it is in another find already and not counted here.`];
  return { ...found, facts, kwh: scaled(found.kwh, share), money: scaled(found.money, share) };
}

/** Of a sure find at least so much must be sure, a share of what is likely. */
const SURE = 0.2;

function findOf(kind: FindKind, found: Candidate): Find {
  const { about, claim: _, ...rest } = found;
  const isWide = rest.confidence === "high" && rest.money.low < SURE * rest.money.likely;
  const modest = isWide ? { confidence: "medium" as const, because: `${rest.because}, but its days differ much` } : {};
  return { ...rest, ...modest, id: `${kind}:${about}`, kind };
}

/** The finds, that which saves the most money first, and what was not said and why. At most 40 finds. */
export function settled(h: History, told: readonly Told[]): { finds: readonly Find[]; silent: readonly Silence[] } {
  const silent: Silence[] = told.flatMap(({ kind, what }) =>
    isFound(what) ? [] : [{ kind, ...(what.about ? { about: what.about } : {}), why: what.why }],
  );
  const order = (kind: FindKind) => findKinds.indexOf(kind);
  const found = told
    .flatMap(({ kind, what }) => (isFound(what) ? [{ kind, what }] : []))
    .sort((a, b) => b.what.money.likely - a.what.money.likely || order(a.kind) - order(b.kind));
  const taken = new Map<string, Float64Array>();
  const finds: Find[] = [];
  for (const { kind, what } of found) {
    const share = small(what) ? 0 : take(h, taken, what);
    const left = reduced(what, share);
    if (small(left)) {
      const why = share === 0 || share >= WHOLE ? "too little to be worth a word" : "it is in another find already";
      silent.push({ kind, about: what.title, why });
    } else finds.push(findOf(kind, left));
  }
  finds.sort((a, b) => b.money.likely - a.money.likely);
  return { finds: finds.slice(0, MAX_FINDS), silent: silent.slice(0, MAX_SILENT) };
}

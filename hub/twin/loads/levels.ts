/** At which power a load is at rest and above which it runs, found in its power alone. */

export interface Levels {
  /** W of the highest level at which it rests: standby, or 0 where it is truly off. */
  readonly standbyW: number;
  /** Above this it runs, W; infinite where it never does more than rest. */
  readonly runsOverW: number;
}

/** Steps without which nothing is said. */
const LEAST_STEPS = 400;
/** A level is one where it stays for this share of its time. */
const LEVEL_SHARE = 0.08;
/** Rest is below this share of the most it draws. */
const REST_SHARE = 0.25;
/** Rare and short are the uses of a kettle: so many of the largest values do not count. */
const MOST_STRAY = 8;
/** A load that varies by less than this share, or these W, has one level. */
const FLAT_SHARE = 0.3;
const FLAT_W = 3;

interface Level {
  /** W. */
  readonly low: number;
  readonly high: number;
  readonly middle: number;
}

const at = (sorted: Float64Array, share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? 0;

/** Upper edge of a bin that begins at a power: fine near nothing, an eighth wide above. */
const edgeAfter = (w: number): number => w * 1.12 + 1;

/** Stretches of power in which it stays long, lowest first. */
function levelsIn(sorted: Float64Array, below: number): Level[] {
  const levels: Level[] = [];
  let from = 0;
  let open: { first: number; last: number; low: number; high: number } | undefined;
  const close = () => {
    if (open)
      levels.push({ low: open.low, high: open.high, middle: sorted[(open.first + open.last) >> 1] ?? open.low });
    open = undefined;
  };
  for (let low = 0; low < below; low = edgeAfter(low)) {
    const high = edgeAfter(low);
    let to = from;
    while (to < sorted.length && (sorted[to] ?? 0) < high) to++;
    // A level may lie on an edge: half the share is enough where its neighbour has some as well.
    const dense = to - from >= (LEVEL_SHARE / 2) * sorted.length;
    if (!dense) close();
    else if (open) open = { ...open, last: to - 1, high };
    else open = { first: from, last: to - 1, low, high };
    from = to;
  }
  close();
  const share = (l: Level) => sorted.filter((w) => w >= l.low && w < l.high).length / sorted.length;
  return levels.filter((l) => share(l) >= LEVEL_SHARE);
}

/**
 * The levels of a power (W by step; NaN is a gap). "short" where too little is known, "restless" where it never stays at a
 * low level, so that nothing tells its rest from its work.
 */
export function levelsOf(power: Float64Array): Levels | "short" | "restless" {
  const sorted = power.filter(Number.isFinite).sort();
  if (sorted.length < LEAST_STEPS) return "short";
  const stray = Math.min(MOST_STRAY, Math.floor(sorted.length / 1000));
  const top = sorted[sorted.length - 1 - stray] ?? 0;
  const middle = at(sorted, 0.5);
  if (top - at(sorted, 0.02) < Math.max(FLAT_W, FLAT_SHARE * middle))
    return { standbyW: middle, runsOverW: Number.POSITIVE_INFINITY };
  const rest = levelsIn(sorted, REST_SHARE * top).at(-1);
  if (!rest) return "restless";
  const standbyW = rest.middle < 0.5 ? 0 : rest.middle;
  return { standbyW, runsOverW: rest.high + Math.max(2, 0.015 * (top - standbyW)) };
}

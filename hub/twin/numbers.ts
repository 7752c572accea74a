/** Small statistics over plain numbers; NaN is a gap and left out. */

/** The q-quantile (0..1) by linear interpolation; NaN for nothing. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  if (sorted.length === 0) return Number.NaN;
  const position = q * (sorted.length - 1);
  const low = sorted[Math.floor(position)] ?? Number.NaN;
  const high = sorted[Math.ceil(position)] ?? low;
  return low + (high - low) * (position - Math.floor(position));
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

export function mean(values: readonly number[]): number {
  const known = values.filter(Number.isFinite);
  return known.length === 0 ? Number.NaN : known.reduce((a, b) => a + b, 0) / known.length;
}

/** Standard deviation of a sample; 0 for fewer than two values. */
export function deviation(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const m = mean(values);
  return Math.sqrt(values.reduce((sum, v) => sum + (v - m) ** 2, 0) / (values.length - 1));
}

/** Two-sided 90 % of the normal distribution. */
const Z90 = 1.645;

/** Two-sided 90 % of Student's t with `df` degrees of freedom (Cornish-Fisher; within 2 % from three on). */
export function t90(df: number): number {
  const n = Math.max(1, df);
  const z = Z90;
  return z + (z ** 3 + z) / (4 * n) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * n ** 2);
}

/** Correlation of each value with the one before, at least 0 and at most 0.8; 0 for fewer than six values. */
export function autocorrelation(values: readonly number[]): number {
  if (values.length < 6) return 0;
  const m = mean(values);
  let both = 0;
  let own = 0;
  values.forEach((v, i) => {
    own += (v - m) ** 2;
    if (i > 0) both += (v - m) * ((values[i - 1] ?? m) - m);
  });
  return own > 0 ? clamp(both / own, 0, 0.8) : 0;
}

export const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/**
 * Least squares by the normal equations with a trace of ridge, so that a column without variation gets weight 0
 * instead of a division by zero. Columns are scaled first. Undefined for fewer rows than columns.
 */
export function leastSquares(rows: readonly (readonly number[])[], targets: readonly number[]): number[] | undefined {
  const n = rows[0]?.length ?? 0;
  if (n === 0 || rows.length < n * 2) return undefined;
  const scale = Array.from({ length: n }, (_, k) => Math.max(1e-9, ...rows.map((row) => Math.abs(row[k] ?? 0))));
  const a = Array.from({ length: n }, () => new Array<number>(n + 1).fill(0));
  rows.forEach((row, r) => {
    for (let i = 0; i < n; i++) {
      const line = a[i] ?? [];
      const xi = (row[i] ?? 0) / (scale[i] ?? 1);
      for (let j = 0; j < n; j++) line[j] = (line[j] ?? 0) + (xi * (row[j] ?? 0)) / (scale[j] ?? 1);
      line[n] = (line[n] ?? 0) + xi * (targets[r] ?? 0);
    }
  });
  for (let i = 0; i < n; i++) (a[i] ?? [])[i] = (a[i]?.[i] ?? 0) + 1e-9 * rows.length;
  return solve(a)?.map((x, k) => x / (scale[k] ?? 1));
}

/** Gauss elimination with row exchange on an augmented matrix; undefined when singular. */
function solve(a: number[][]): number[] | undefined {
  const n = a.length;
  for (let i = 0; i < n; i++) {
    let best = i;
    for (let r = i + 1; r < n; r++) if (Math.abs(a[r]?.[i] ?? 0) > Math.abs(a[best]?.[i] ?? 0)) best = r;
    const pivot = a[best] ?? [];
    a[best] = a[i] ?? [];
    a[i] = pivot;
    const head = pivot[i] ?? 0;
    if (Math.abs(head) < 1e-14) return undefined;
    for (let r = 0; r < n; r++) {
      const row = a[r] ?? [];
      if (r === i) continue;
      const factor = (row[i] ?? 0) / head;
      for (let c = i; c <= n; c++) row[c] = (row[c] ?? 0) - factor * (pivot[c] ?? 0);
    }
  }
  return a.map((row, i) => (row[n] ?? 0) / (row[i] ?? 1));
}

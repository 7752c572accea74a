/** Of several words the one that was probably meant: the same but for letter case, or but for a slip or two; undefined where several are as near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  const same = known.find((k) => k.toLowerCase() === lower);
  if (same !== undefined) return same;
  if (word.length < 4) return undefined;
  const most = word.length < 8 ? 1 : 2;
  const near = known.map((k) => {
    const may = Math.abs(k.length - word.length) <= most;
    return { k, slips: may ? slips(lower, k.toLowerCase()) : Infinity };
  });
  const least = Math.min(most, ...near.map((one) => one.slips));
  const [meant, ...others] = near.filter((one) => one.slips === least);
  return others.length === 0 ? meant?.k : undefined;
}

/** Letters to change, add, leave out or swap with their neighbour to come from one word to the other (optimal string alignment). */
function slips(a: string, b: string): number {
  let [before, row] = [Array.from<number>({ length: 0 }), Array.from({ length: b.length + 1 }, (_, i) => i)];
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const other = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? Infinity) + 1 : Infinity;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, other, swapped));
    }
    [before, row] = [row, next];
  }
  return row[b.length] ?? 0;
}

export interface DiffLine {
  readonly sign: "same" | "out" | "in";
  readonly text: string;
}

/** Lines of either side that are held against one another; of longer texts all go out and all come in. */
const MAX_LINES = 600;

/** What changes from one text to another, line by line: the longest common row of lines stays. */
export function diffLines(before: string, after: string): readonly DiffLine[] {
  const [a, b] = [before.trimEnd().split("\n"), after.trimEnd().split("\n")];
  const out = (text: string): DiffLine => ({ sign: "out", text });
  const into = (text: string): DiffLine => ({ sign: "in", text });
  if (a.length > MAX_LINES || b.length > MAX_LINES) return [...a.map(out), ...b.map(into)];
  const longest = table(a, b);
  const at = (i: number, j: number) => longest[i]?.[j] ?? 0;
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]];
    if (left !== undefined && left === right) {
      lines.push({ sign: "same", text: left });
      i += 1;
      j += 1;
    } else if (left !== undefined && (right === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push(out(left));
      i += 1;
    } else if (right !== undefined) {
      lines.push(into(right));
      j += 1;
    }
  }
  return lines;
}

/** How many lines the rests of both have in common at most. */
function table(a: readonly string[], b: readonly string[]): readonly number[][] {
  const rows = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) {
      const row = rows[i] ?? [];
      row[j] = a[i] === b[j] ? (rows[i + 1]?.[j + 1] ?? 0) + 1 : Math.max(rows[i + 1]?.[j] ?? 0, row[j + 1] ?? 0);
    }
  return rows;
}

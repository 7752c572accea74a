/** Puts a programme together, a variable and a row at a time. */
import type { LinearModel } from "../../model/linear.ts";

interface Row {
  lower: number;
  upper: number;
  readonly columns: number[];
  readonly factors: number[];
}

/** Columns and rows are known by their number, in order of making. */
export class ModelBuilder {
  readonly #cost: number[] = [];
  readonly #lower: number[] = [];
  readonly #upper: number[] = [];
  readonly #whole: number[] = [];
  readonly #rows: Row[] = [];

  /** A variable within [lower, upper], cost a unit. */
  column(cost: number, lower = 0, upper = Number.POSITIVE_INFINITY): number {
    this.#lower.push(lower);
    this.#upper.push(upper);
    this.#whole.push(0);
    return this.#cost.push(cost) - 1;
  }

  /** A yes or no. */
  switch(cost: number): number {
    const column = this.column(cost, 0, 1);
    this.#whole[column] = 1;
    return column;
  }

  addCost(column: number, cost: number): void {
    this.#cost[column] = (this.#cost[column] ?? 0) + cost;
  }

  /** Narrows a variable. */
  bound(column: number, lower: number, upper: number): void {
    this.#lower[column] = lower;
    this.#upper[column] = upper;
  }

  /** A sum that must lie within [lower, upper]; its terms are added by `term`. */
  row(lower: number, upper: number, terms: readonly (readonly [column: number, factor: number])[] = []): number {
    const row = this.#rows.push({ lower, upper, columns: [], factors: [] }) - 1;
    for (const [column, factor] of terms) this.term(row, column, factor);
    return row;
  }

  /** A column may come only once in a row. */
  term(row: number, column: number, factor: number): void {
    if (factor === 0) return;
    this.#rows[row]?.columns.push(column);
    this.#rows[row]?.factors.push(factor);
  }

  build(): LinearModel {
    const rows = this.#rows;
    const starts = new Int32Array(rows.length + 1);
    rows.forEach((row, i) => {
      starts[i + 1] = (starts[i] ?? 0) + row.columns.length;
    });
    const columns = new Int32Array(starts[rows.length] ?? 0);
    const factors = new Float64Array(columns.length);
    rows.forEach((row, i) => {
      columns.set(row.columns, starts[i]);
      factors.set(row.factors, starts[i]);
    });
    return {
      cost: Float64Array.from(this.#cost),
      lower: Float64Array.from(this.#lower),
      upper: Float64Array.from(this.#upper),
      whole: Uint8Array.from(this.#whole),
      rowLower: Float64Array.from(rows, (row) => row.lower),
      rowUpper: Float64Array.from(rows, (row) => row.upper),
      starts,
      columns,
      factors,
    };
  }
}

import loadHighs, { type Highs, type Model, type ModelStatusCode } from "highs";
import type { Effort, LinearModel, Solved } from "../model/linear.ts";

/** When to stop a solving that runs. */
export interface Until {
  readonly timeLimitMs: number;
  /** Asked often while it runs. */
  readonly stop: () => boolean;
}

/** Only the gap in the cost's own unit counts: what can't be helped may be most of the cost. */
const RELATIVE_GAP = 1e-9;
/** A schedule's first relaxation is all but whole already: these take longer to find what branching finds at once. */
const HEURISTICS = {
  mip_heuristic_run_feasibility_jump: false,
  mip_heuristic_run_rins: false,
  mip_heuristic_run_rens: false,
  mip_heuristic_run_root_reduced_cost: false,
};
/** Rounds a whole number's value; further off than this is not a solution. */
const WHOLE = 1e-4;

/** HiGHS in this thread; a solving holds it. */
export class HighsSolver {
  readonly #highs: Highs;

  private constructor(highs: Highs) {
    this.#highs = highs;
  }

  /** Takes some 50 ms: the WebAssembly is compiled. */
  static async load(): Promise<HighsSolver> {
    return new HighsSolver(await loadHighs());
  }

  /** Memory that the solver's own heap has taken; it never shrinks. */
  get memoryBytes(): number {
    return this.#highs.memoryBytes;
  }

  /** The same model and effort give the same answer unless time ran out. Throws when the model itself is faulty. */
  solve(asked: LinearModel, effort: Effort, until: Until): Solved {
    const begin = performance.now();
    const model = this.#highs.createModel(dataOf(asked, true));
    try {
      model.options.set({
        output_flag: false,
        random_seed: 0,
        time_limit: Math.max(0.01, until.timeLimitMs / 1000),
        mip_rel_gap: RELATIVE_GAP,
        mip_abs_gap: effort.gap,
        mip_max_nodes: effort.nodes,
        ...HEURISTICS,
      });
      const status = this.#run(model, until);
      const values = this.#valuesOf(model, asked);
      const whole = asked.whole.includes(1);
      const found = values !== undefined && status !== "none";
      const left = until.timeLimitMs - (performance.now() - begin);
      const prices =
        found && effort.shadowPrices ? this.#prices(model, asked, values, { ...until, timeLimitMs: left }) : [];
      const cost = found ? costOf(asked, values) : Number.NaN;
      return {
        status: found ? status : "none",
        values: found ? values : new Float64Array(),
        prices: Float64Array.from(prices),
        cost,
        gap: whole && found ? Math.max(0, cost - Number(model.info.get("mip_dual_bound"))) : 0,
        ms: performance.now() - begin,
      };
    } finally {
      model.dispose();
    }
  }

  #run(model: Model, { stop }: Until): Solved["status"] {
    const { callbackType, modelStatus } = this.#highs.constants;
    const ask = (event: { interrupt(): void }) => {
      if (stop()) event.interrupt();
      return undefined;
    };
    const { modelStatus: code } = model.run({
      [callbackType.simplexInterrupt]: ask,
      [callbackType.ipmInterrupt]: ask,
      [callbackType.mipInterrupt]: ask,
    });
    if (code === modelStatus.optimal) return "best";
    const stopped: readonly ModelStatusCode[] = [
      modelStatus.timeLimit,
      modelStatus.iterationLimit,
      modelStatus.solutionLimit,
      modelStatus.interrupted,
      modelStatus.objectiveTarget,
    ];
    return stopped.includes(code) ? "stopped" : "none";
  }

  /** What was found, whole numbers made whole; undefined where it keeps no limit, as after being stopped early. */
  #valuesOf(model: Model, asked: LinearModel): Float64Array | undefined {
    // 2 is HiGHS's word for a point that keeps all limits.
    if (Number(model.info.get("primal_solution_status")) !== 2) return undefined;
    const values = model.getSolution().colValue;
    for (const [i, whole] of asked.whole.entries()) {
      if (whole === 0) continue;
      const near = Math.round(values[i] ?? 0);
      if (Math.abs((values[i] ?? 0) - near) > WHOLE) return undefined;
      values[i] = near;
    }
    return values;
  }

  /** Shadow prices of the rows, every whole number held as it is. */
  #prices(solved: Model, asked: LinearModel, values: Float64Array, until: Until): Float64Array {
    if (!asked.whole.includes(1)) return solved.getSolution().rowDual;
    const held = (bound: Float64Array) => bound.map((b, i) => (asked.whole[i] === 1 ? (values[i] ?? b) : b));
    const fixed = { ...asked, lower: held(asked.lower), upper: held(asked.upper) };
    const model = this.#highs.createModel(dataOf(fixed, false));
    try {
      model.options.set({ output_flag: false, random_seed: 0, time_limit: Math.max(0.05, until.timeLimitMs / 1000) });
      return this.#run(model, until) === "best" ? model.getSolution().rowDual : new Float64Array();
    } finally {
      model.dispose();
    }
  }
}

const costOf = (asked: LinearModel, values: Float64Array): number =>
  values.reduce((sum, value, i) => sum + value * (asked.cost[i] ?? 0), 0);

function dataOf(asked: LinearModel, whole: boolean) {
  const { cost, lower, upper, rowLower, rowUpper, starts, columns, factors } = asked;
  return {
    numCols: cost.length,
    numRows: rowLower.length,
    colCost: cost,
    colLower: lower,
    colUpper: upper,
    rowLower,
    rowUpper,
    matrix: {
      format: "csr" as const,
      numRows: rowLower.length,
      numCols: cost.length,
      starts,
      indices: columns,
      values: factors,
    },
    ...(whole && asked.whole.includes(1) ? { integrality: Int32Array.from(asked.whole) } : {}),
  };
}

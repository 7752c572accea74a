/** Panels that can be told to give less. Here their energy is what they hold back, which the house then has to do without. */
import type { Problem, Solar } from "../problem.ts";
import type { DeviceModel, Followed, Kwh, Surroundings } from "./device.ts";
import { clean } from "./stepped.ts";

/** Held back only for a reason. */
const TRACE = 1e-5;

/** Not cut at the expected yield: in a brighter scenario more is held back. */
const follow = (_d: Solar, _: Problem, wanted: Kwh): Followed => ({
  kwh: wanted.map((kwh) => Math.max(0, kwh)),
  broken: [],
  penalty: 0,
  wear: 0,
  leftOver: 0,
});

/** Holds back what would be exported at a price below zero, or above what may be exported. */
function greedy(d: Solar, problem: Problem, { rest }: Surroundings): Kwh {
  return problem.slots.map((slot, t) => {
    const over = Math.max(0, -(rest[t] ?? 0));
    const most = (problem.house.exportKw ?? Number.POSITIVE_INFINITY) * slot.hours;
    return Math.min(d.yieldKwh[t] ?? 0, slot.exportPrice < 0 ? over : Math.max(0, over - most));
  });
}

export const solar: DeviceModel<Solar> = {
  build(d, b) {
    const made = b.scenarios.map((scenario, s) =>
      b.problem.slots.map((slot, t) => {
        const share = slot.pvKwh > 0 ? (scenario.pvKwh[t] ?? 0) / slot.pvKwh : 0;
        const most = d.blocked?.[t] === true ? 0 : Math.min(scenario.pvKwh[t] ?? 0, (d.yieldKwh[t] ?? 0) * share);
        const column = b.model.column(TRACE * scenario.weight, 0, Math.max(0, most));
        b.uses(s, t, column, 1);
        return column;
      }),
    );
    return (values, s) => (made[s] ?? []).map((column) => clean(values[column] ?? 0));
  },
  follow,
  plain: (_, problem) => problem.slots.map(() => 0),
  greedy,
};

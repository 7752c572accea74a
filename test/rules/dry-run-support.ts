/** A past out of readings, and a rule tried on it, without a store. */
import type { Home } from "../../hub/model/home.ts";
import type { PastColumn } from "../../hub/model/past.ts";
import { pathKey } from "../../hub/model/path.ts";
import type { Reading } from "../../hub/model/reading.ts";
import { type HomeRule, ruleDraft } from "../../hub/model/rule/rule.ts";
import type { Trace } from "../../hub/model/trace.ts";
import { readsOf } from "../../hub/rules/dry-run/reads.ts";
import type { PastView } from "../../hub/rules/dry-run/view.ts";
import { selectFrom } from "../../hub/rules/select.ts";
import { sunElevation } from "../../hub/rules/time/elevation.ts";
import { sunOfLocalDay } from "../../hub/rules/time/sun.ts";
import { Diary } from "../../hub/step/dry-run/diary.ts";
import { type Lived, type Looking, living } from "../../hub/step/dry-run/live.ts";
import type { Trial } from "../../hub/step/dry-run/trial.ts";
import type { CoreState } from "../../hub/step.ts";

export const rule = (written: object, id = "r"): HomeRule => ({
  ...ruleDraft.parse({ title: id, ...written }),
  ...{ id, origin: "person", by: "Anna", madeAt: 0, changedAt: 0 },
});

export function columnsOf(readings: readonly Reading[]): Map<string, PastColumn> {
  const lists = new Map<string, Reading[]>();
  for (const reading of readings) {
    const key = pathKey(reading.path);
    lists.set(key, [...(lists.get(key) ?? []), reading]);
  }
  return new Map(
    [...lists].map(([key, list]): [string, PastColumn] => {
      const first = list[0]?.value;
      const kind = typeof first === "boolean" ? "boolean" : typeof first === "string" ? "text" : "number";
      const values =
        kind === "text" ? list.map((r) => String(r.value)) : Float64Array.from(list, (r) => Number(r.value));
      return [key, { key, kind, values, ats: Float64Array.from(list, (r) => r.at) }];
    }),
  );
}

interface Given {
  readonly state: CoreState;
  readonly readings: readonly Reading[];
  readonly from: number;
  readonly to: number;
  readonly price?: (at: number) => number;
  readonly trial?: Partial<Trial>;
  readonly view?: Partial<PastView>;
}

export function trialOf(tried: HomeRule, { state, readings, from, to, price = () => 0.3, trial, view }: Given): Trial {
  const home: Home = state.home;
  const select: PastView["select"] = (target, capability) =>
    selectFrom(home, target, capability, (id) => home.nodes.get(id));
  return {
    ...{ rule: tried, called: [], switched: [], scenes: [], reads: readsOf(tried, home, select), nodes: home.nodes },
    ...{ settings: home.settings, tariff: state.tariff, deeds: [], off: [], uses: new Map(), warmed: [] },
    view: {
      ...{ from, to, timeZone: home.settings.timeZone, columns: columnsOf(readings), silences: new Map(), price },
      ...{ exportPrice: () => 0.08, co2: () => 400, sunElevation: (at) => sunElevation(at, home.settings) },
      sunDay: (at) => sunOfLocalDay(at, home.settings),
      ...{
        isHoliday: () => false,
        select,
        house: [{ at: from, state: state.house }],
        grid: undefined,
        almanac: new Map(),
      },
      ...view,
    },
    ...trial,
  };
}

/** Keeps also what no report would tell. */
class WholeDiary extends Diary {
  readonly traces: Trace[] = [];

  override add(trace: Trace): void {
    super.add(trace);
    this.traces.push(trace);
  }
}

export function lived(trial: Trial, looking?: Looking): Lived & { readonly traces: readonly Trace[] } {
  const diary = new WholeDiary(trial.view.timeZone, false);
  const work = living(trial, looking, diary);
  for (;;) {
    const { value, done } = work.next();
    if (done) return { ...value, traces: diary.traces };
  }
}

import { GAP_KWH, withPins } from "../energy/hygiene/late.ts";
import { capabilities } from "../model/capabilities/index.ts";
import { nameOf } from "../model/home.ts";
import { parsePath } from "../model/path.ts";
import type { Repair } from "../model/repair.ts";
import type { Clock, RepairChange, Repairs, RepairView, Store } from "../ports.ts";
import { nodeNow } from "../step/identity/names.ts";
import type { CoreState, Input } from "../step.ts";

interface RepairParts {
  readonly state: CoreState;
  readonly store: Store;
  readonly clock: Clock;
  readonly put: (input: Input) => boolean;
}

const MAX_LISTED = 500;
/** While the past of a counter comes in, its silences are told of when this long nothing more has come. */
const FILLED_MS = 60_000;
/** W that no house connection exceeds: what a person may say was used is bounded by it. */
const MOST_W = 100_000;

/** A silence in which nothing was counted tells a person nothing. */
const isNothing = ({ kind, kwh }: Repair): boolean => kind === "gap" && Math.abs(kwh) < GAP_KWH;

/** Repairs of counters: what was found, and a person's word on it. Written before that person is answered. */
export function createRepairs({ state, store, clock, put }: RepairParts): Repairs {
  const view = (repair: Repair): RepairView => {
    const path = parsePath(repair.key);
    const node = path && nodeNow(state, path.node);
    const spec = path && capabilities[path.capability]?.attributes[path.attribute];
    const id = node?.description.id ?? path?.node ?? "";
    return { ...repair, node: id, name: node ? nameOf(node) : id, label: spec?.label ?? path?.attribute ?? "" };
  };
  const isBeingFilled = ({ key, kind, state: word }: Repair, now: number): boolean => {
    const since = now - (state.counters.pastAt.get(key) ?? Number.NEGATIVE_INFINITY);
    return kind === "gap" && word === "active" && since >= 0 && since < FILLED_MS;
  };
  return {
    list({ node, from = 0, to = Number.POSITIVE_INFINITY }) {
      const now = clock.now();
      const touches = (r: Repair) => r.from < to && r.to >= from && !isNothing(r) && !isBeingFilled(r, now);
      const all = [...state.counters.repairs.values()].flat().filter(touches);
      const views = all.sort((a, b) => b.from - a.from).map(view);
      return views.filter((v) => node === undefined || v.node === node).slice(0, MAX_LISTED);
    },
    change(id, change, by) {
      const repair = [...state.counters.repairs.values()].flat().find((r) => r.id === id);
      if (!repair || repair.kind === "watching") return undefined;
      const next = changed(repair, change, by, state.counters.meters.get(repair.key)?.limits.limitW ?? MOST_W);
      store.repairs.put(next);
      const detail = change.kind === "adjust" ? `${repair.reason} Taken for ${change.kwh} kWh.` : repair.reason;
      store.appendAudit({ at: clock.now(), by, what: `repair-${change.kind}`, subject: view(repair).node, detail });
      put({ kind: "repairSet", repair: next });
      return view(next);
    },
  };
}

/** Without a person's amount it is about what late readings have left of it; of a silence that may be nothing. */
function unsaid(repair: Repair, limitW: number): Repair {
  const { left, ...rest } = repair;
  if (!left) return repair;
  const next = withPins(rest, left, limitW);
  return "put" in next ? next.put : { ...rest, pins: [], kwh: 0, effectKwh: 0 };
}

function changed(repair: Repair, change: RepairChange, by: string, limitW: number): Repair {
  const { adjustedKwh: _, ...rest } = repair;
  if (change.kind === "undo") return unsaid({ ...rest, state: "undone", by }, limitW);
  if (change.kind === "redo") return unsaid({ ...rest, state: "active", by }, limitW);
  if (repair.pins.length === 0 || repair.kind === "power" || repair.kind === "power-unit")
    throw new RangeError("kwh: this repair is about times, not about an amount");
  const most = repair.pins.reduce((sum, { from, to, since }) => {
    const ms = Math.max(60_000, to.at - Math.min(since ?? from.at, from.at));
    return sum + (MOST_W * ms) / 3_600_000_000;
  }, 0);
  if (!(change.kwh >= 0 && change.kwh <= most))
    throw new RangeError(
      `kwh: must be between 0 and ${Math.round(most * 100) / 100}, which is what fits into that time`,
    );
  return { ...rest, state: "adjusted", adjustedKwh: change.kwh, by };
}

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
/** W that no house connection exceeds: what a person may say was used is bounded by it. */
const MOST_W = 100_000;

/** Repairs of counters: what was found, and a person's word on it. Written before that person is answered. */
export function createRepairs({ state, store, clock, put }: RepairParts): Repairs {
  const view = (repair: Repair): RepairView => {
    const path = parsePath(repair.key);
    const node = path && nodeNow(state, path.node);
    const spec = path && capabilities[path.capability]?.attributes[path.attribute];
    const id = node?.description.id ?? path?.node ?? "";
    return { ...repair, node: id, name: node ? nameOf(node) : id, label: spec?.label ?? path?.attribute ?? "" };
  };
  return {
    list({ node, from = 0, to = Number.POSITIVE_INFINITY }) {
      const all = [...state.counters.repairs.values()].flat().filter((r) => r.from < to && r.to >= from);
      const views = all.sort((a, b) => b.from - a.from).map(view);
      return views.filter((v) => node === undefined || v.node === node).slice(0, MAX_LISTED);
    },
    change(id, change, by) {
      const repair = [...state.counters.repairs.values()].flat().find((r) => r.id === id);
      if (!repair || repair.kind === "watching") return undefined;
      const next = changed(repair, change, by);
      store.repairs.put(next);
      const detail = change.kind === "adjust" ? `${repair.reason} Taken for ${change.kwh} kWh.` : repair.reason;
      store.appendAudit({ at: clock.now(), by, what: `repair-${change.kind}`, subject: view(repair).node, detail });
      put({ kind: "repairSet", repair: next });
      return view(next);
    },
  };
}

function changed(repair: Repair, change: RepairChange, by: string): Repair {
  const { adjustedKwh: _, ...rest } = repair;
  if (change.kind === "undo") return { ...rest, state: "undone", by };
  if (change.kind === "redo") return { ...rest, state: "active", by };
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

import type { Value } from "../../../hub/model/capability.ts";
import type { Held, NodeState } from "../../../hub/model/home.ts";
import { type NodeId, pathKey } from "../../../hub/model/path.ts";
import { pricesAsText } from "./prices.ts";

/** What the home pays for imported electricity, as a person entered it. */
export interface HomeTariff {
  readonly name: string;
  /** ISO 4217 letters. */
  readonly currency: string;
  /** From one moment (epoch ms) to another: each price holds until the next. */
  readonly prices: (from: number, to: number) => readonly { readonly from: number; readonly perKwh: number }[];
}

/** No adapter makes ids like this. */
export const TARIFF_ID: NodeId = "home-tariff";

const HOUR_MS = 3_600_000;
const AHEAD_MS = 30 * HOUR_MS;
const C = "commodityPrice";

/**
 * The hub's tariff in the shape of a device, for the bridges alone: it is never in the home. `prices` is a value of the
 * bridges' own, since the capability keeps no list. A price that has held for more than half a day begins at that edge.
 */
export function tariffNode(tariff: HomeTariff, now: number): NodeState {
  const values = valuesOf(tariff, now);
  const attributes = Object.fromEntries(Object.keys(blank).map((name) => [name, { source: "tariff" }]));
  const path = (attribute: string) => pathKey({ node: TARIFF_ID, endpoint: 1, capability: C, attribute });
  const held = (value: Value): Held => ({ value, at: now, source: "tariff", ageUnknown: false });
  return {
    description: {
      ...{ id: TARIFF_ID, name: tariff.name || "Electricity tariff", vendor: "Inglenook", model: "Tariff" },
      // What the hub has of its own counts as neither; a Matter device would stay away from the bridge.
      ...{ adapter: "mqtt", dialect: "hub", addresses: [] },
      endpoints: [
        { number: 1, deviceTypes: ["electricalEnergyTariff"], capabilities: { [C]: { attributes, commands: {} } } },
      ],
    },
    settings: {},
    reachable: true,
    heardAt: now,
    values: new Map(Object.entries(values).map(([name, value]) => [path(name), held(value)])),
  };
}

const blank = { price: 0, priceStart: 0, priceEnd: 0, prices: "", currency: "", tariffUnit: "kWh" };

function valuesOf({ currency, prices }: HomeTariff, now: number): Partial<Record<keyof typeof blank, Value>> {
  const start = Math.floor(now / (12 * HOUR_MS)) * 12 * HOUR_MS - 12 * HOUR_MS;
  const end = Math.floor(now / HOUR_MS) * HOUR_MS + AHEAD_MS;
  const all = prices(start, end).map(({ from, perKwh }) => ({ from: Math.floor(from / 1000), perKwh }));
  const at = all.findLastIndex(({ from }) => from <= now / 1000);
  const [current, ...next] = all.slice(Math.max(0, at));
  if (!current || at < 0) return { currency, tariffUnit: "kWh" };
  const [after] = next;
  // How long the last one holds is not known: it ends the list.
  const ahead = after ? [...next, { from: Math.floor(end / 1000), perKwh: 0 }] : [];
  return {
    ...{ currency, tariffUnit: "kWh", price: current.perKwh, priceStart: current.from },
    ...(after ? { priceEnd: after.from - 1 } : {}),
    prices: pricesAsText(ahead),
  };
}

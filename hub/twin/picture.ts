/** What rules see of the simulated home: its own values where a device is modelled, the recorded ones elsewhere. */

import { capabilities } from "../model/capabilities/index.ts";
import type { Value } from "../model/capability.ts";
import { parsePath } from "../model/path.ts";
import type { Known } from "../model/reading.ts";
import type { Picture } from "../rules/picture.ts";
import type { Twin } from "./fit.ts";
import { seriesOf, timeOf, valueAt } from "./history.ts";

interface Simulated {
  /** By text path. */
  readonly values: ReadonlyMap<string, Value>;
  readonly memory: Map<string, number>;
  readonly price: (at: number) => number;
  /** Of the step before; undefined is unknown. */
  readonly gridW: number | undefined;
}

/** A stored number as the attribute's own kind of value: switches are stored as 0 and 1. */
function valueFrom(key: string, stored: number): Value {
  const path = parsePath(key);
  const spec = path && capabilities[path.capability]?.attributes[path.attribute];
  return spec?.type === "boolean" ? stored >= 0.5 : stored;
}

/** The picture at the start of step i. */
export function pictureAt(twin: Twin, i: number, simulated: Simulated): Picture {
  const now = timeOf(twin.history, i);
  const known = (key: string): Known => {
    const own = simulated.values.get(key);
    if (own !== undefined) return { status: "known", value: own, at: now, source: "twin" };
    const stored = valueAt(seriesOf(twin.history, key), i - 1);
    if (!Number.isFinite(stored)) return { status: "unknown", reason: "not recorded at that time" };
    return { status: "known", value: valueFrom(key, stored), at: now, source: "history" };
  };
  const surplusW = () => (simulated.gridW === undefined ? undefined : -simulated.gridW);
  return { now, timeZone: twin.history.timeZone, known, price: simulated.price, surplusW, memory: simulated.memory };
}
